#pragma once

#include <string>

#include "pycore/report.hpp"

namespace pycore {

// What a thread does, in a few words of a line; nothing where it is not known. Not printable yet.

/// "waiting for forks[1] (Lock), held by phil-1", "sleeping", "in read(fd 5)".
std::string state_text(const Snapshot& snapshot, const Thread& thread);

/// "holding forks[0] (Lock), journal (RLock)"
std::string holds_text(const Snapshot& snapshot, std::size_t thread);

/// "forks[1] (Lock)", "the GIL", "the end of worker-1".
std::string resource_text(const Snapshot& snapshot, const Resource& resource);

/// "worker-1", "thread 4711".
std::string thread_text(const Snapshot& snapshot, std::size_t thread);

/// "a, b, c and 34 more"
std::string list_text(const std::vector<std::string>& words, std::size_t most);

}  // namespace pycore
