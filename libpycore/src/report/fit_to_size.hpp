#pragma once

#include <cstdint>

#include "pycore/report.hpp"

namespace pycore {

/// Cuts what would make the report longer than `most` bytes of JSON: frames from the middle of the
/// longest stacks first, so that innermost and outermost ones stay, then modules, of ELF and of
/// Python, exceptions, deadlocks beyond those that a person reads, and whole threads from the end.
/// What was cut is added to the snapshot's `limits`. A report without any of them is written
/// whatever its size.
void fit_to_size(Report& report, std::uint64_t most);

}  // namespace pycore
