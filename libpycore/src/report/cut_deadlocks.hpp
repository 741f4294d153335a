#pragma once

#include <cstdint>

#include "pycore/report.hpp"

namespace pycore {

/// Leaves the deadlocks that a person reads, and their first threads; the sentences stay whole.
/// What was cut is added to the snapshot's `limits`.
void cut_deadlocks(Report& report, std::uint64_t most);

/// Takes threads that are no more out of where nobody is missed.
void forget_left_out_threads(Report& report);

}  // namespace pycore
