#include "view/words.hpp"

#include <array>
#include <charconv>

namespace pycore {

std::string_view base_name(std::string_view path) noexcept
{
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string hex(std::uint64_t value)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return "0x" + std::string(digits.data(), end.ptr);
}

std::string size_text(std::uint64_t bytes)
{
    constexpr std::uint64_t mebi = 1 << 20;
    const std::uint64_t tenths = bytes % mebi * 10 / mebi;
    return std::to_string(bytes / mebi) + "." + std::to_string(tenths) + " MiB";
}

std::string counted(std::uint64_t count, std::string_view noun)
{
    return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

}  // namespace pycore
