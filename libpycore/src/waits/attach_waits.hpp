#pragma once

#include <vector>

#include "pycore/snapshot.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// Reads what every thread waits for and writes it into `snapshot.threads`, `snapshot.resources`
/// and `interpreters`, which are those that `input` refers to.
void attach_waits(const WaitInput& input,
                  Snapshot& snapshot,
                  std::vector<Interpreter>& interpreters);

}  // namespace pycore
