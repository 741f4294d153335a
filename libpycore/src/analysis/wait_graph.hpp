#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// A thread that holds a resource, as far as deadlocks go.
struct Holder {
    std::size_t thread = 0;        ///< index in `Snapshot::threads`
    const Owner* owner = nullptr;  ///< what is known of it
    bool certain = false;
};

/// Whether threads count that may well have something to do with a resource, as their frames refer
/// to it, where nobody is known to hold it: those that may set an event, or fill a queue.
enum class Candidates : std::uint8_t { left_out, counted };

/// Threads that wait for what other waiting threads hold: those that nothing can wake unless one
/// of them goes on. Of a kernel thread with several thread states only the one that waits is in it.
/// The snapshot outlives the graph.
class WaitGraph {
public:
    explicit WaitGraph(const Snapshot& snapshot, Candidates candidates = Candidates::left_out);

    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }

    /// The resource that a stuck thread waits for; nothing for a thread that is not stuck.
    [[nodiscard]] std::optional<std::size_t> awaited(std::size_t thread) const
    {
        return awaited_[thread];
    }
    /// It is this resource that the thread waits for.
    [[nodiscard]] bool wait_is_certain(std::size_t thread) const
    {
        return snapshot_.threads[thread].wait->certain;
    }
    [[nodiscard]] std::span<const Holder> holders(std::size_t resource) const
    {
        return holders_[resource];
    }
    /// Resources that the thread is a holder of.
    [[nodiscard]] std::span<const std::size_t> held(std::size_t thread) const
    {
        return held_[thread];
    }
    /// Threads that wait for the resource, stuck or not.
    [[nodiscard]] std::span<const std::size_t> waiters(std::size_t resource) const
    {
        return waiters_[resource];
    }

private:
    void number_threads();
    void add_waiters();
    void add_holders(Candidates candidates);
    void free_who_can_go_on();

    const Snapshot& snapshot_;
    std::vector<std::size_t> same_;  ///< of each thread: the entry that stands for it
    std::vector<std::optional<std::size_t>> awaited_;
    std::vector<std::vector<std::size_t>> waiters_;
    std::vector<std::vector<Holder>> holders_;
    std::vector<std::vector<std::size_t>> held_;
};

}  // namespace pycore
