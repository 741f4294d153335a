#pragma once

#include <cstddef>
#include <vector>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The first `most` items of the `collections.deque` at `at`, as far as they can be read.
[[nodiscard]] std::vector<Address> read_deque(const Memory& memory,
                                              const Layout& layout,
                                              Address at,
                                              std::size_t most);

}  // namespace pycore
