#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// What `printf` makes of `format` and `arguments`, general registers as the caller filled them.
/// Nothing when one is needed that is not known, a string cannot be read, or the format asks for
/// more than plain conversions of strings, characters and integers.
std::optional<std::string> format_text(const Memory& memory,
                                       std::string_view format,
                                       std::span<const std::optional<std::uint64_t>> arguments,
                                       const Limits& limits);

}  // namespace pycore
