#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

// How checks and deadlocks speak of threads and what they wait for. All texts are short.

/// "worker-1", "thread 4711".
std::string words_of(const Thread& thread);

/// "forks[3]", "the GIL", "pthread mutex at 0x7f10".
std::string words_of(const Resource& resource);

/// "phi.py:9" of "eat (phi.py:9)"; all of a text without such an end.
std::string place_in(std::string_view where);

/// What comes after "waits for": "forks[3]", "worker-1 to end"; "nothing" of a thread without a
/// wait.
std::string awaited_of(const Snapshot& snapshot, const Thread& thread);

/// Where it waits, with a blank before it: " (phi.py:10)"; empty where that is not known.
std::string place_of_wait(const Thread& thread);

/// How and where it was taken: " (with, phi.py:9)"; empty where that is not known.
std::string place_of_hold(const Owner& owner);

/// What is known of how it holds it, in words; never empty.
std::string evidence_of(const Owner& owner);

/// The thread that is joined, or another such resource, and not held.
[[nodiscard]] bool is_join(const Resource& resource) noexcept;

/// "a, b, c and 34 more"
std::string listed(const std::vector<std::string>& names, std::size_t most = 5);

/// "1 thread", "5 threads"
std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

}  // namespace pycore
