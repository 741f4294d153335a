#include "values/number_repr.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

namespace pycore {
namespace {

/// Significant digits, and where the point stands among them: "125" and 1 for 1.25.
struct Decimal {
    std::string digits;
    int point = 0;
};

Decimal shortest(double magnitude)
{
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                   std::chars_format::scientific)
                         .ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t mark = text.find('e');
    Decimal decimal;
    std::ranges::copy_if(text.substr(0, mark), std::back_inserter(decimal.digits),
                         [](char c) { return c != '.'; });
    const std::size_t exponent = mark + (text[mark + 1] == '+' ? 2 : 1);
    std::from_chars(text.data() + exponent, text.data() + text.size(), decimal.point);
    decimal.point += 1;
    return decimal;
}

std::string with_exponent(const Decimal& decimal)
{
    std::string out = decimal.digits.substr(0, 1);
    if (decimal.digits.size() > 1) {
        out += '.' + decimal.digits.substr(1);
    }
    const int exponent = decimal.point - 1;
    const std::string size = std::to_string(std::abs(exponent));
    out += exponent < 0 ? "e-" : "e+";
    return out + (size.size() < 2 ? "0" : "") + size;
}

std::string without_exponent(const Decimal& decimal, bool always_point)
{
    const auto count = static_cast<int>(decimal.digits.size());
    if (decimal.point <= 0) {
        return "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') + decimal.digits;
    }
    if (decimal.point >= count) {
        return decimal.digits + std::string(static_cast<std::size_t>(decimal.point - count), '0') +
               (always_point ? ".0" : "");
    }
    const auto point = static_cast<std::size_t>(decimal.point);
    return decimal.digits.substr(0, point) + '.' + decimal.digits.substr(point);
}

std::string format(double value, bool always_point)
{
    if (std::isnan(value)) {
        return "nan";  // Python shows no sign of it
    }
    const std::string sign = std::signbit(value) ? "-" : "";
    if (std::isinf(value)) {
        return sign + "inf";
    }
    if (value == 0) {
        return sign + (always_point ? "0.0" : "0");
    }
    constexpr int last_leading_zeros = -4;
    constexpr int most_digits = 16;
    const Decimal decimal = shortest(std::fabs(value));
    const bool exponent = decimal.point <= last_leading_zeros || decimal.point > most_digits;
    return sign + (exponent ? with_exponent(decimal) : without_exponent(decimal, always_point));
}

}  // namespace

std::string float_repr(double value)
{
    return format(value, true);
}

std::string complex_repr(double real, double imaginary)
{
    if (real == 0 && !std::signbit(real)) {
        return format(imaginary, false) + 'j';
    }
    const bool has_sign = std::signbit(imaginary) && !std::isnan(imaginary);
    return '(' + format(real, false) + (has_sign ? "" : "+") + format(imaginary, false) + "j)";
}

std::string decimal_text(std::span<const std::uint32_t> digits, bool negative)
{
    constexpr std::uint64_t base = 1'000'000'000;
    constexpr std::size_t base_digits = 9;
    std::vector<std::uint64_t> parts;  // lowest first
    for (std::size_t at = digits.size(); at-- > 0;) {
        std::uint64_t carry = digits[at];
        for (std::uint64_t& part : parts) {
            carry += part << 30;
            part = carry % base;
            carry /= base;
        }
        for (; carry != 0; carry /= base) {
            parts.push_back(carry % base);
        }
    }
    if (parts.empty()) {
        return "0";
    }
    std::string out = (negative ? "-" : "") + std::to_string(parts.back());
    for (std::size_t at = parts.size() - 1; at-- > 0;) {
        const std::string part = std::to_string(parts[at]);
        out += std::string(base_digits - part.size(), '0') + part;
    }
    return out;
}

}  // namespace pycore
