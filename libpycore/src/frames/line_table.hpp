#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "pycore/frame.hpp"

namespace pycore {

/// The position of code unit `unit` in a location table (`co_linetable`, the same format in 3.11
/// to 3.14), for code that starts at `first_line`. All absent when the table does not cover the
/// unit, gives it no line, or is malformed before it.
[[nodiscard]] SourcePosition find_position(std::span<const std::byte> table,
                                           std::int32_t first_line,
                                           std::int64_t unit);

}  // namespace pycore
