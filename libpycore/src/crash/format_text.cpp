#include "crash/format_text.hpp"

#include <array>
#include <charconv>

namespace pycore {
namespace {

std::string number_text(auto value, int base = 10)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
    return {digits.data(), end};
}

std::string integer_text(char conversion, bool is_long, std::uint64_t value)
{
    const std::uint64_t unsigned_value = is_long ? value : static_cast<std::uint32_t>(value);
    switch (conversion) {
    case 'u': return number_text(unsigned_value);
    case 'x': return number_text(unsigned_value, 16);
    default:
        return is_long ? number_text(static_cast<std::int64_t>(value))
                       : number_text(static_cast<std::int32_t>(value));
    }
}

std::optional<std::string> string_text(const Memory& memory, Address at, const Limits& limits)
{
    if (!at) {
        return "(null)";
    }
    auto text = memory.read_c_string(at, limits.max_text_bytes, "argument");
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

/// Takes the length modifiers off; true when they mean eight bytes.
bool take_long(std::string_view& conversion)
{
    const bool is_long = conversion.starts_with('z') || conversion.starts_with('l');
    conversion.remove_prefix(conversion.starts_with("ll") ? 2 : std::size_t{is_long});
    return is_long;
}

std::optional<std::string> convert(
    const Memory& memory, char conversion, bool is_long, std::uint64_t value, const Limits& limits)
{
    switch (conversion) {
    case 's': return is_long ? std::nullopt : string_text(memory, Address{value}, limits);
    case 'c':
        return is_long ? std::nullopt : std::optional(std::string(1, static_cast<char>(value)));
    case 'p': return value == 0 ? "(nil)" : "0x" + number_text(value, 16);
    case 'd':
    case 'i':
    case 'u':
    case 'x': return integer_text(conversion, is_long, value);
    default: return std::nullopt;
    }
}

}  // namespace

std::optional<std::string> format_text(const Memory& memory,
                                       std::string_view format,
                                       std::span<const std::optional<std::uint64_t>> arguments,
                                       const Limits& limits)
{
    std::string text;
    while (text.size() <= limits.max_text_bytes) {
        const auto percent = format.find('%');
        text += format.substr(0, percent);
        if (percent == std::string_view::npos) {
            return text;
        }
        format.remove_prefix(percent + 1);
        if (format.starts_with('%')) {
            text += '%';
            format.remove_prefix(1);
            continue;
        }
        const bool is_long = take_long(format);
        if (format.empty() || arguments.empty() || !arguments.front()) {
            return std::nullopt;
        }
        const auto converted = convert(memory, format.front(), is_long, *arguments.front(), limits);
        if (!converted) {
            return std::nullopt;
        }
        text += *converted;
        format.remove_prefix(1);
        arguments = arguments.subspan(1);
    }
    return std::nullopt;
}

}  // namespace pycore
