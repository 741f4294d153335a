#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/budget.hpp"
#include "pycore/address_space.hpp"
#include "python/layout.hpp"

namespace pycore {

/// First bytes of `_Py_DebugOffsets`, which opens `_PyRuntime` from 3.13 on: "xdebugpy".
inline constexpr std::uint64_t debug_offsets_cookie = 0x7970'6775'6265'6478;

/// Addresses in `range` where a `_PyRuntime` may lie: the cookie, or for the versions without one
/// a word that points back into the struct as `interpreters.main` does. A cheap first look; the
/// version's `recognises` decides. Takes what it reads from `budget.scan_bytes`.
std::vector<Address> scan_for_runtime(const AddressSpace& memory,
                                      AddressRange range,
                                      std::span<const LayoutSet* const> sets,
                                      Budget& budget);

}  // namespace pycore
