#pragma once

#include <cstdint>
#include <span>

#include "batch/entry.hpp"
#include "batch/find_cores.hpp"
#include "batch/request.hpp"

namespace pycore {

/// How the process that reads a core ends. Anything else is a crash.
enum class WorkerExit : std::uint8_t { done = 0, no_core = 10, not_written = 11, own_core = 12 };

/// Reads a core and writes its reports, one for each format of the request, to `outputs`. `entry`
/// then says what came of it.
[[nodiscard]] WorkerExit read_one_core(const FoundCore& found,
                                       int core,
                                       std::span<const int> outputs,
                                       const BatchRequest& request,
                                       BatchEntry& entry);

}  // namespace pycore
