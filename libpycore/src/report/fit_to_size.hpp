#pragma once

#include <cstdint>

#include "pycore/snapshot.hpp"

namespace pycore {

/// Cuts what would make the report longer than `most` bytes of JSON: frames from the middle of the
/// longest stacks first, so that innermost and outermost ones stay, then modules, then whole
/// threads from the end. What was cut is added to `snapshot.limits`. A report without any of them
/// is written whatever its size.
void fit_to_size(Snapshot& snapshot, std::uint64_t most);

}  // namespace pycore
