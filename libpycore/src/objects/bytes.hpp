#pragma once

#include <cstddef>
#include <vector>

#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The contents of the `bytes` at `at`. `bad_format` when the object is no bytes object,
/// `limit_reached` when it holds more than `max_bytes`.
Result<std::vector<std::byte>> read_bytes_object(const Memory& memory,
                                                 const Layout& layout,
                                                 Address at,
                                                 std::size_t max_bytes);

}  // namespace pycore
