#pragma once

#include "host_commands.hpp"

namespace pycore {

/// Stores the core that the kernel writes to standard input, then reports on it. Nothing is read of
/// the process itself. Returns the exit status; what went wrong is in a log by then.
[[nodiscard]] int run_kernel_pipe(const KernelPipeRequest& request);

}  // namespace pycore
