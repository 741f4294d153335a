#pragma once

#include <cstdint>
#include <optional>

#include "base/budget.hpp"
#include "base/walk.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// One `PyInterpreterState`.
struct InterpreterState {
    Address at;
    std::int64_t id = 0;
    bool finalizing = false;
    std::optional<bool> gc_running;
};

/// One `PyThreadState`.
struct ThreadState {
    Address at;
    std::uint64_t thread_id = 0;         ///< `pthread_self()` of the thread it is bound to
    std::uint64_t native_thread_id = 0;  ///< `gettid()` in the process's own pid namespace
};

/// The interpreters of a runtime, as they are chained: newest first.
Walk<InterpreterState> walk_interpreters(const Memory& memory,
                                         const Layout& layout,
                                         Address runtime,
                                         const Limits& limits,
                                         Budget& budget);

/// The thread states of an interpreter, newest first. One that does not point back to its
/// interpreter ends the walk. Takes what it reads from `budget`.
Walk<ThreadState> walk_thread_states(const Memory& memory,
                                     const Layout& layout,
                                     Address interpreter,
                                     Budget& budget);

}  // namespace pycore
