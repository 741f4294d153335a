#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "pycore/frame.hpp"
#include "waits/native_wait.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// The lock object whose semaphore or byte `wait` sleeps on: told by its address, or found through
/// what `frames`, the thread's, the innermost first, refer to. Nothing where it is no object's, or
/// of one out of reach.
std::optional<LockObject> find_blocked_lock(PythonObjects& objects,
                                            std::span<const PythonFrame* const> frames,
                                            const NativeWait& wait);

/// `ThreadHandle` of _threadmodule.c, from 3.13 on: what a join waits on.
struct ThreadHandle {
    std::uint64_t ident = 0;
    bool done = false;
};

/// The one whose byte in the parking lot `parked` is, if it can be one.
std::optional<ThreadHandle> read_parked_handle(const Memory& memory, Address parked);

}  // namespace pycore
