#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>

namespace pycore {

/// "0x7f10".
[[nodiscard]] inline std::string hex(std::uint64_t value)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return "0x" + std::string(digits.data(), end.ptr);
}

}  // namespace pycore
