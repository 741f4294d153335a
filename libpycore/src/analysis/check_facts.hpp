#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/check.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

// What several checks ask of a snapshot.

/// How many lines of evidence a hint has at most, and how many hints a check gives.
constexpr std::size_t most_evidence = 10;
constexpr std::size_t most_hints = 10;

/// The resource it waits for; null where it waits for none.
const Resource* awaited_resource(const Snapshot& snapshot, const Thread& thread);

/// It waits, nothing but what it waits for wakes it, and it is not one of those that have nothing
/// to do.
[[nodiscard]] bool waits_for_ever(const Snapshot& snapshot, const Thread& thread);

/// It waits for a signal, and no frame of another thread refers to what would be signalled.
[[nodiscard]] bool waits_for_nobody(const Snapshot& snapshot, const Thread& thread);

/// The thread whose end it waits for, without a time limit.
std::optional<std::size_t> joined_thread(const Snapshot& snapshot, const Thread& thread);

/// Whether each thread is in a deadlock, or behind one.
std::vector<bool> deadlocked(const Findings& findings);

/// Whether the thread runs, in Python or in C.
[[nodiscard]] bool is_running(const Thread& thread) noexcept;

/// A frame of this Python function, in a file whose path ends so, is in its stack.
[[nodiscard]] bool runs_function(const Thread& thread,
                                 std::string_view file,
                                 std::string_view name);

/// "waits for jobs (app.py:12)", "sleeps", "runs Python".
std::string doing_of(const Snapshot& snapshot, const Thread& thread);

/// The same after its name: "worker-1 sleeps".
std::string state_of(const Snapshot& snapshot, const Thread& thread);

void add_thread(Hint& hint, const Thread& thread);
/// Nothing when there is enough of it.
void add_evidence(Hint& hint, std::string text);

/// How many kernel threads there are.
[[nodiscard]] std::size_t count_threads(const Snapshot& snapshot);

/// The process was killed from outside, or lives: no thread did anything wrong when it ended.
[[nodiscard]] bool was_only_stopped(const Snapshot& snapshot);

}  // namespace pycore
