#pragma once

#include <cstdint>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// What an object of `_thread.lock` or `_thread.RLock` says.
struct LockState {
    /// What a thread that waits for it sleeps on: a semaphore, or a byte of the parking lot.
    Address word;
    bool in_parking_lot = false;
    bool locked = false;
    std::uint64_t owner = 0;  ///< of an RLock, as it stands there: ident of a thread
    std::uint64_t count = 0;  ///< of an RLock: how often that took it
};

/// The `_thread.lock` at `at`. `type` is that type itself, or one of the same size: which form the
/// object has is told by that.
Result<LockState> read_plain_lock(const Memory& memory,
                                  const Layout& layout,
                                  Address at,
                                  Address type);

/// The same of a `_thread.RLock`.
Result<LockState> read_recursive_lock(const Memory& memory,
                                      const Layout& layout,
                                      Address at,
                                      Address type);

}  // namespace pycore
