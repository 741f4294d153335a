#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pycore {

/// Whether CPython 3.`minor` prints the character as it is. Each version has the Unicode of its
/// day, and what that does not know is written as an escape: 3.11 has Unicode 14.0, 3.12 15.0,
/// 3.13 15.1, 3.14 16.0. A later version is taken for the last one known.
[[nodiscard]] bool is_printable_in(std::uint32_t code_point, std::uint8_t minor) noexcept;

/// `repr()` of a str with these code points, valid UTF-8 whatever they are.
std::string text_repr(std::u32string_view characters, std::uint8_t minor);

/// `repr()` of a bytes object with this content.
std::string bytes_repr(std::span<const std::byte> content);

/// The literal in `repr()` of a bytearray, which escapes an apostrophe between any quotes.
std::string byte_array_repr(std::span<const std::byte> content);

}  // namespace pycore
