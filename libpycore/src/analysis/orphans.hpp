#pragma once

#include <cstddef>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// A lock that threads wait for and that nobody who could release it is left to hold.
struct Orphan {
    std::size_t resource = 0;          ///< index in `Snapshot::resources`
    std::vector<std::size_t> waiters;  ///< indices in `Snapshot::threads`
    const Owner* owner = nullptr;      ///< who is recorded; null where nobody is
    bool hanging = false;              ///< the owner is there, and was stopped for good
};

/// Locks of this process only: of others the core has no threads.
std::vector<Orphan> find_orphans(const Snapshot& snapshot);

/// The process is a child that `multiprocessing` made by fork.
[[nodiscard]] bool is_forked_child(const Snapshot& snapshot);

}  // namespace pycore
