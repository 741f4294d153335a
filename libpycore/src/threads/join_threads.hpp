#pragma once

#include <vector>

#include "pycore/core_file.hpp"
#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"
#include "threads/gap_list.hpp"
#include "threads/python_process.hpp"

namespace pycore {

/// A thread whose stack is not put together yet.
struct JoinedThread {
    Thread thread;                       ///< without `stack` and `omitted`
    std::vector<StackSegment> segments;  ///< its Python frames, innermost first
};

/// One for every kernel thread of the core, with the segments of all thread states it runs in the
/// order of the C stack; then one for each thread state that has frames and no kernel thread. The
/// crashed thread comes first, then by tid. Empties `python.states`.
std::vector<JoinedThread> join_threads(const CoreFile& core,
                                       PythonProcess& python,
                                       const Limits& limits,
                                       GapList& gaps);

}  // namespace pycore
