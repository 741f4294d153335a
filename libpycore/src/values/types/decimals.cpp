// Decimal, Fraction, UUID.

#include <algorithm>
#include <array>
#include <string>

#include "objects/integer.hpp"
#include "values/number_repr.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

// After the header and the hash: `mpd_t` of libmpdec. Words have 19 decimal digits, lowest first.
struct Number {
    std::uint8_t flags = 0;
    std::array<std::uint8_t, 7> padding{};
    std::int64_t exponent = 0;
    std::int64_t digits = 0;
    std::int64_t words = 0;
    std::int64_t allocated = 0;
    Address data;
};

constexpr std::uint8_t is_negative = 1;
constexpr std::uint8_t is_infinite = 2;
constexpr std::uint8_t is_nan = 4;
constexpr std::uint8_t is_signalling = 8;
constexpr std::size_t word_digits = 19;

Result<std::string> read_coefficient(const ValueWriter& writer, Address at, const Number& number)
{
    const std::size_t most = std::max<std::size_t>(writer.limits().max_value_text / word_digits, 1);
    if (number.words <= 0 || number.digits <= 0) {
        return Fault{FaultCode::bad_format, at.value, "Decimal object"};
    }
    if (static_cast<std::uint64_t>(number.words) > most) {
        return Fault{FaultCode::limit_reached, at.value, "Decimal object"};
    }
    PYCORE_TRY(const auto words,
               writer.read_pointers(number.data, static_cast<std::size_t>(number.words),
                                    "digits of a Decimal"));
    std::string text;
    for (std::size_t index = words.size(); index-- > 0;) {
        const std::string part = std::to_string(words[index].value);
        const bool pads = !text.empty() && part.size() < word_digits;
        text += (pads ? std::string(word_digits - part.size(), '0') : "") + part;
    }
    return text;
}

/// As "to-scientific-string" of the standard has it.
std::string scientific(const std::string& digits, std::int64_t exponent)
{
    constexpr std::int64_t most_leading_zeros = 6;
    const auto count = static_cast<std::int64_t>(digits.size());
    const std::int64_t adjusted = exponent + count - 1;
    if (exponent <= 0 && adjusted >= -most_leading_zeros) {
        if (exponent == 0) {
            return digits;
        }
        const std::int64_t point = count + exponent;
        return point > 0 ? digits.substr(0, static_cast<std::size_t>(point)) + '.' +
                               digits.substr(static_cast<std::size_t>(point))
                         : "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    }
    const std::string point = count > 1 ? '.' + digits.substr(1) : std::string();
    return digits.substr(0, 1) + point + 'E' + (adjusted < 0 ? "" : "+") + std::to_string(adjusted);
}

Result<void> write_decimal(ValueWriter& writer, Address at, Address)
{
    constexpr std::int64_t largest_exponent = std::int64_t{1} << 62;
    PYCORE_TRY(const auto number, writer.read_member<Number>(at, 8, "Decimal object"));
    std::string text = (number.flags & is_negative) != 0 ? "-" : "";
    if ((number.flags & is_infinite) != 0) {
        text += "Infinity";
    } else if ((number.flags & (is_nan | is_signalling)) != 0) {
        text += (number.flags & is_signalling) != 0 ? "sNaN" : "NaN";
        if (number.words > 0) {
            PYCORE_TRY(const auto payload, read_coefficient(writer, at, number));
            text += payload == "0" ? "" : payload;
        }
    } else if (number.exponent > largest_exponent || number.exponent < -largest_exponent) {
        return Fault{FaultCode::bad_format, at.value, "Decimal object"};
    } else {
        PYCORE_TRY(const auto digits, read_coefficient(writer, at, number));
        text += scientific(digits, number.exponent);
    }
    writer.put("Decimal('" + text + "')");
    return {};
}

Result<void> write_fraction(ValueWriter& writer, Address at, Address type)
{
    writer.write_items(
        {writer.find_attribute(at, "_numerator"), writer.find_attribute(at, "_denominator")},
        {.open = writer.short_name(type) + '(', .close = ")"});
    return {};
}

Result<void> write_uuid(ValueWriter& writer, Address at, Address type)
{
    constexpr std::size_t most_digits = 5;  // of 30 bits
    PYCORE_TRY(const auto value, read_digits(writer.memory(), writer.layout(),
                                             writer.find_attribute(at, "int"), most_digits));
    constexpr std::string_view hex_digits = "0123456789abcdef";
    std::string hex(32, '0');
    for (std::size_t bit = 0; bit < 128; ++bit) {
        const bool is_set =
            bit / 30 < value.digits.size() && (value.digits[bit / 30] >> (bit % 30) & 1) != 0;
        char& digit = hex[31 - bit / 4];
        const std::size_t so_far = hex_digits.find(digit);
        digit = hex_digits[so_far | (is_set ? std::size_t{1} << (bit % 4) : 0)];
    }
    for (const std::size_t dash : {20U, 16U, 12U, 8U}) {
        hex.insert(dash, 1, '-');
    }
    writer.put(writer.short_name(type) + "('" + hex + "')");
    return {};
}

constexpr std::array printings{
    Printing{"decimal", "Decimal", write_decimal},
};

constexpr std::array functions{
    Printing{"fractions", "Fraction.__repr__", write_fraction, true},
    Printing{"uuid", "UUID.__repr__", write_uuid, true},
};

}  // namespace

extern const TypeFamily decimals{.types = printings, .functions = functions};

}  // namespace pycore::types
