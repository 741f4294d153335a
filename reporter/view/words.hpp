#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pycore {

/// What follows the last slash.
[[nodiscard]] std::string_view base_name(std::string_view path) noexcept;

/// "0x7f10".
[[nodiscard]] std::string hex(std::uint64_t value);

/// "12.3 MiB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);

/// "1 more thread", "3 more threads".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace pycore
