#pragma once

#include "pycore/diagnosis.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// What follows from the signal, the registers and the maps. `unknown` where nothing does.
[[nodiscard]] CrashKind classify(const Snapshot& snapshot);

/// Where a NULL pointer to a struct or an array still leads: no process maps anything there.
constexpr std::uint64_t null_page_end = 0x1'0000;

}  // namespace pycore
