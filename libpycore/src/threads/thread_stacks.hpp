#pragma once

#include <span>
#include <vector>

#include "base/budget.hpp"
#include "memory/module.hpp"
#include "pycore/analyze.hpp"
#include "pycore/snapshot.hpp"
#include "threads/gap_list.hpp"
#include "threads/join_threads.hpp"
#include "unwind/native_symbols.hpp"
#include "unwind/unwinder.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// The threads with their stacks, and what is needed of the crashed one beyond that.
struct ThreadStacks {
    std::vector<Thread> threads;
    std::vector<ThreadContext> contexts;  ///< of each thread
    NativeStack crashed;  ///< physical frames of the crashed thread; empty without one
};

/// Unwinds each thread and merges its native and Python frames.
ThreadStacks build_stacks(std::vector<JoinedThread> joined,
                          const CoreFile& core,
                          const AddressSpace& memory,
                          Unwinder& unwinder,
                          std::span<const Module> modules,
                          NativeSymbols& symbols,
                          const Options& options,
                          Budget& budget,
                          std::vector<LimitHit>& hits,
                          GapList& gaps);

}  // namespace pycore
