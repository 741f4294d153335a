#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pycore/address.hpp"

namespace pycore::robustness {

/// What was read since the start, by label: address and size of each read.
using Reads = std::map<std::string, std::vector<std::pair<Address, std::uint64_t>>>;

/// From now on every `Memory::read_bytes` of this process is recorded.
void start_recording();

/// Stops and hands over what was recorded.
[[nodiscard]] Reads stop_recording();

}  // namespace pycore::robustness
