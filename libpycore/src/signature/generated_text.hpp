#pragma once

#include <string>
#include <string_view>

namespace pycore {

/// `text` without what differs from run to run in names and messages that a program makes: "N" for
/// addresses ("0x7f10"), for hexadecimal ids of eight digits and more that are words of their own,
/// and for other numbers of at least `digits` digits.
[[nodiscard]] std::string without_numbers(std::string_view text, std::size_t digits);

}  // namespace pycore
