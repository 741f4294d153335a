#pragma once

#include <span>
#include <string>
#include <vector>

#include "batch/read_one_core.hpp"

namespace pycore {

/// As `read_one_core`, for a collector: what cannot be read has a report of that name too, which
/// says why. `brief` is a descriptor for the report in a few lines, or -1.
[[nodiscard]] WorkerExit read_in_sandbox(const FoundCore& found,
                                         int core,
                                         std::span<const int> outputs,
                                         int brief,
                                         const std::vector<std::string>& names,
                                         const BatchRequest& request,
                                         BatchEntry& entry);

}  // namespace pycore
