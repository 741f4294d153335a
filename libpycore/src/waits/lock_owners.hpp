#pragma once

#include <span>
#include <vector>

#include "pycore/snapshot.hpp"
#include "waits/lock_claims.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// Who of those that claim it has a `threading.Lock` that is locked: one thread alone can.
[[nodiscard]] std::vector<Owner> choose_lock_owners(std::span<const LockClaim> claims,
                                                    std::span<const Thread> threads);

/// Who has a `threading.Semaphore`. Of a bounded one all are known, `complete`, once there are as
/// many as it lets in. `objects` may be null.
[[nodiscard]] std::vector<Owner> choose_semaphore_owners(std::span<const LockClaim> claims,
                                                         std::span<const Thread> threads,
                                                         Address semaphore,
                                                         PythonObjects* objects,
                                                         bool& complete);

/// Gives `owner`, which is recorded, the place where its frames have taken it.
void add_place(std::span<const LockClaim> claims, Owner& owner);

}  // namespace pycore
