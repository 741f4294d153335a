#pragma once

#include <vector>

#include "pycore/core_file.hpp"
#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"
#include "threads/gap_list.hpp"
#include "threads/python_process.hpp"

namespace pycore {

/// One `Thread` for every kernel thread of the core, with the stacks of all thread states it runs
/// put together in the order of the C stack; then one for each thread state that has frames and
/// no kernel thread. The crashed thread comes first, then by tid. Empties `python.states`.
std::vector<Thread> join_threads(const CoreFile& core,
                                 PythonProcess& python,
                                 const Limits& limits,
                                 GapList& gaps);

}  // namespace pycore
