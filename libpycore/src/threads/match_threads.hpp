#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

#include "pycore/core_file.hpp"
#include "threads/interpreters.hpp"

namespace pycore {

/// Finds the kernel thread that runs a thread state.
class ThreadMatcher {
public:
    /// Keeps a view of `core`'s threads and segments: `core` must outlive it.
    explicit ThreadMatcher(const CoreFile& core);

    /// The index in `core.threads()`, or nothing. `c_stack` is an address inside the C stack of
    /// the thread that runs the state (its innermost shim or `_PyCFrame`), or null. It decides
    /// before the ids, because the thread state of a sub-interpreter may carry the ids of the
    /// thread that created it. Then the ident against the thread pointer, which holds in every
    /// pid namespace; then the native id.
    [[nodiscard]] std::optional<std::size_t> find(const ThreadState& state, Address c_stack) const;

private:
    [[nodiscard]] std::optional<std::size_t> find_by_stack(Address c_stack) const;
    [[nodiscard]] AddressRange segment_of(Address at) const;

    /// The mapping a thread's C stack lies in.
    struct Stack {
        AddressRange range;
        Address sp;  ///< null when the thread is on another stack than this
        std::size_t thread = 0;
    };

    const CoreFile& core_;
    std::vector<Stack> stacks_;  ///< sorted by range, then sp
    std::unordered_map<std::uint64_t, std::size_t> by_pointer_;
    std::unordered_map<std::uint64_t, std::size_t> by_tid_;
};

}  // namespace pycore
