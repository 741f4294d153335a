#include "option_value.hpp"

#include <charconv>
#include <string_view>

namespace pycore {

void refuse(const std::string& option, const std::string& value, const char* expected)
{
    throw CLI::ValidationError("--" + option, "'" + value + "' is not " + expected);
}

std::uint64_t parse_number(const std::string& option,
                           std::string_view digits,
                           const std::string& value)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) {
        refuse(option, value, "a number that it can be");
    }
    return number;
}

std::uint64_t parse_size(const std::string& option, const std::string& value)
{
    constexpr std::string_view units = "KMGT";
    std::string_view digits = value;
    int shift = 0;
    if (!digits.empty()) {
        if (const auto unit = units.find(digits.back()); unit != std::string_view::npos) {
            shift = 10 * (static_cast<int>(unit) + 1);
            digits.remove_suffix(1);
        }
    }
    const std::uint64_t number = parse_number(option, digits, value);
    if (number > UINT64_MAX >> shift) {
        refuse(option, value, "a size that it can be");
    }
    return number << shift;
}

}  // namespace pycore
