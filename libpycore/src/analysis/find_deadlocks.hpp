#pragma once

#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// The circles of threads that wait for each other, each once and as short as it can be. Only
/// threads that nothing else can wake are in one: not those that wait for a time only.
[[nodiscard]] std::vector<Deadlock> find_deadlocks(const Snapshot& snapshot);

}  // namespace pycore
