#pragma once

#include "options.hpp"

namespace pycore {

/// Reads the core of the command line in the sandbox and writes the reports. Returns the exit
/// status; what went wrong is on standard error by then.
[[nodiscard]] int run_collector(const CommandLine& line);

}  // namespace pycore
