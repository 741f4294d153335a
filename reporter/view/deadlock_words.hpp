#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pycore/report.hpp"

namespace pycore {

/// Deadlocks beyond these are counted only.
inline constexpr std::size_t most_deadlocks_told = 10;

/// Who waits for what, and who has it, a line each, below `Deadlock::summary`: "phil-0 waits for
/// forks[1] (Lock) in eat (phi.py:10), held by phil-1: inside `with` in eat (phi.py:9)". Of a long
/// circle the middle is left out. Not printable yet.
std::vector<std::string> deadlock_lines(const Snapshot& snapshot, const Deadlock& deadlock);

}  // namespace pycore
