#pragma once

#include <cstdint>
#include <vector>

#include "objects/dict.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// In which order the values of a split table were set, as indices of its keys. Empty when that
/// cannot be read.
std::vector<std::uint8_t> read_insertion_order(const Memory& memory,
                                               const Layout& layout,
                                               Address values);

/// Sorts `entries`, which have these `indices` in their table; what `order` does not name goes
/// last, as it was.
void sort_by_insertion(std::vector<DictEntry>& entries,
                       const std::vector<std::uint64_t>& indices,
                       const std::vector<std::uint8_t>& order);

}  // namespace pycore
