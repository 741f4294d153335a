#pragma once

#include "batch/request.hpp"

namespace pycore {

/// Reports on every core that the request names, each in a process of its own, and writes the index
/// of the output folder. Returns the exit status: 0 whatever the cores were, else what is wrong
/// with the request or with the output folder, or 128 and the number of the signal that stopped it.
/// What went wrong is on standard error by then.
[[nodiscard]] int run_batch(const BatchRequest& request);

}  // namespace pycore
