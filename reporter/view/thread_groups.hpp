#pragma once

#include <cstddef>
#include <vector>

#include "pycore/report.hpp"

namespace pycore {

/// Threads that look the same to a reader: the first is shown for all.
struct ThreadGroup {
    std::size_t shown = 0;            ///< index in `Snapshot::threads`
    std::vector<std::size_t> others;  ///< the same
};

/// Threads with the same frames, which do the same, in the order of their first ones. The crashed
/// thread, those of deadlocks, and those with an exception stand alone.
std::vector<ThreadGroup> group_threads(const Report& report);

/// Each for itself.
std::vector<ThreadGroup> ungrouped_threads(const Snapshot& snapshot);

}  // namespace pycore
