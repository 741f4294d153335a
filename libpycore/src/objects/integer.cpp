#include "objects/integer.hpp"

#include <algorithm>
#include <array>

#include "base/try.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// 64 bits need three digits of 30 bits.
constexpr std::uint64_t most_digits = 3;
constexpr unsigned digit_bits = 30;

struct DigitCount {
    bool negative = false;
    std::uint64_t count = 0;
};

Result<DigitCount> count_digits(const Memory& memory, const IntegerLayout& integer, Address at)
{
    if (integer.tag.exists()) {
        PYCORE_TRY(const std::uint64_t tag, read_field(memory, at, integer.tag, "int object"));
        constexpr std::uint64_t sign_mask = 3;
        constexpr std::uint64_t negative = 2;
        return DigitCount{.negative = (tag & sign_mask) == negative, .count = tag >> 3};
    }
    PYCORE_TRY(const std::int64_t size, read_field(memory, at, integer.signed_size, "int object"));
    const auto count = static_cast<std::uint64_t>(size);
    return DigitCount{.negative = size < 0, .count = size < 0 ? 0 - count : count};
}

}  // namespace

Result<std::uint64_t> read_unsigned(const Memory& memory, const Layout& layout, Address at)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::integer, "int object"));
    PYCORE_TRY(const DigitCount size, count_digits(memory, layout.integer, at));
    const std::uint64_t count = size.count;
    if (size.negative) {
        return Fault{FaultCode::bad_format, at.value, "int object"};
    }
    if (count > most_digits) {
        return Fault{FaultCode::limit_reached, at.value, "int object"};
    }
    const auto first = offset_by(at, layout.integer.digits.offset);
    if (!first) {
        return Fault{FaultCode::bad_format, at.value, "int object"};
    }
    std::array<std::uint32_t, most_digits> digits{};
    PYCORE_CHECK(memory.read_bytes(*first, std::as_writable_bytes(std::span(digits).first(count)),
                                   "int object"));
    const bool fits = digits[2] < 16 && ((digits[0] | digits[1]) >> digit_bits) == 0;
    if (!fits) {
        return Fault{FaultCode::limit_reached, at.value, "int object"};
    }
    return std::uint64_t{digits[0]} | std::uint64_t{digits[1]} << digit_bits |
           std::uint64_t{digits[2]} << (2 * digit_bits);
}

Result<IntegerDigits> read_digits(const Memory& memory,
                                  const Layout& layout,
                                  Address at,
                                  std::size_t max_digits)
{
    PYCORE_CHECK(expect_type(memory, layout, at, type_flag::integer, "int object"));
    PYCORE_TRY(const DigitCount size, count_digits(memory, layout.integer, at));
    if (size.count > max_digits) {
        return Fault{FaultCode::limit_reached, at.value, "int object"};
    }
    const auto first = offset_by(at, layout.integer.digits.offset);
    IntegerDigits value{.negative = size.negative, .digits = {}};
    value.digits.resize(size.count);
    if (!first) {
        return Fault{FaultCode::bad_format, at.value, "int object"};
    }
    PYCORE_CHECK(
        memory.read_bytes(*first, std::as_writable_bytes(std::span(value.digits)), "int object"));
    if (std::ranges::any_of(value.digits, [](auto digit) { return digit >> digit_bits != 0; })) {
        return Fault{FaultCode::bad_format, at.value, "int object"};
    }
    return value;
}

}  // namespace pycore
