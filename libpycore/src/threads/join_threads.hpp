#pragma once

#include <string>
#include <vector>

#include "pycore/core_file.hpp"
#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"
#include "threads/gap_list.hpp"
#include "threads/python_process.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// A thread whose stack is not put together yet.
struct JoinedThread {
    Thread thread;                       ///< without `stack` and `omitted`
    std::vector<StackSegment> segments;  ///< its Python frames, innermost first
    bool cut = false;                    ///< some are left out by a limit, which is noted
    std::vector<OwnThreadState> states;  ///< that it runs, the innermost first
};

/// "thread 4711", as warnings and limits name it.
std::string name_of_thread(const Thread& thread);

/// One for every kernel thread of the core, with the segments of all thread states it runs in the
/// order of the C stack; then one for each thread state that has frames and no kernel thread. The
/// crashed thread comes first, then by tid. Empties `python.states`.
std::vector<JoinedThread> join_threads(const CoreFile& core,
                                       PythonProcess& python,
                                       const Limits& limits,
                                       GapList& gaps);

}  // namespace pycore
