#pragma once

#include <vector>

#include "pycore/core_file.hpp"

namespace pycore {

/// Sorted and disjoint: where segments overlap, the part of the one that comes first in `segments`
/// stays. Empty ones are dropped. O(n log n), whatever the overlaps.
std::vector<LoadSegment> make_disjoint(std::vector<LoadSegment> segments);

}  // namespace pycore
