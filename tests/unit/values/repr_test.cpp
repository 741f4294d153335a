#include <array>
#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "values/number_repr.hpp"
#include "values/text_repr.hpp"

using pycore::byte_array_repr;
using pycore::bytes_repr;
using pycore::complex_repr;
using pycore::decimal_text;
using pycore::float_repr;
using pycore::text_repr;

namespace {

std::span<const std::byte> bytes_of(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

}  // namespace

// The expectations below are what CPython 3.13 prints.

TEST_CASE("floats print the shortest text that reads back", "[values]")
{
    CHECK(float_repr(0.0) == "0.0");
    CHECK(float_repr(-0.0) == "-0.0");
    CHECK(float_repr(1e15) == "1000000000000000.0");
    CHECK(float_repr(1e16) == "1e+16");
    CHECK(float_repr(0.0001) == "0.0001");
    CHECK(float_repr(0.00001) == "1e-05");
    CHECK(float_repr(-1.5e-7) == "-1.5e-07");
    CHECK(float_repr(5e-324) == "5e-324");
    CHECK(float_repr(1.7976931348623157e308) == "1.7976931348623157e+308");
    CHECK(float_repr(1.0 / 3) == "0.3333333333333333");
    CHECK(float_repr(-std::numeric_limits<double>::infinity()) == "-inf");
    CHECK(float_repr(-std::nan("")) == "nan");
}

TEST_CASE("complex numbers leave out a real part of zero, unless it is negative", "[values]")
{
    CHECK(complex_repr(0.0, 1.0) == "1j");
    CHECK(complex_repr(-0.0, 1.0) == "(-0+1j)");
    CHECK(complex_repr(1.0, -0.0) == "(1-0j)");
    CHECK(complex_repr(1.5, std::nan("")) == "(1.5+nanj)");
    CHECK(complex_repr(0.0, -std::numeric_limits<double>::infinity()) == "-infj");
}

TEST_CASE("ints of any size print in decimal", "[values]")
{
    CHECK(decimal_text({}, false) == "0");
    CHECK(decimal_text(std::array<std::uint32_t, 1>{7}, true) == "-7");
    // 2**90, and 10**18 with zeros in its lower digits.
    CHECK(decimal_text(std::array<std::uint32_t, 4>{0, 0, 0, 1}, false) ==
          "1237940039285380274899124224");
    CHECK(decimal_text(std::array<std::uint32_t, 2>{660865024, 931322574}, false) ==
          "1000000000000000000");
}

TEST_CASE("text chooses its quotes and escapes what does not print", "[values]")
{
    CHECK(text_repr(U"it's", 13) == "\"it's\"");
    CHECK(text_repr(U"say \"no\"", 13) == "'say \"no\"'");
    CHECK(text_repr(U"'\"", 13) == "'\\'\"'");
    CHECK(text_repr(U"\t\\\x01\x7f\u00a0", 13) == "'\\t\\\\\\x01\\x7f\\xa0'");
    CHECK(text_repr(U"\u20ac\u200b\U000e0001", 13) == "'\u20ac\\u200b\\U000e0001'");
    CHECK(text_repr(std::u32string(1, char32_t{0xdc80}), 13) == "'\\udc80'");
    CHECK(text_repr(std::u32string(1, char32_t{0x110000}), 13) == "'\\U00110000'");
    CHECK(text_repr(std::u32string(1, char32_t{0xFFFF'FFFF}), 13) == "'\\Uffffffff'");
}

TEST_CASE("what prints depends on the Unicode of the version", "[values]")
{
    // U+1FAE8 is new in Unicode 15.0, U+2FFC in 15.1, U+1C89 in 16.0.
    const auto is_shown = [](char32_t character, std::uint8_t minor) {
        return text_repr(std::u32string(1, character), minor).find('\\') == std::string::npos;
    };
    CHECK_FALSE(is_shown(0x1FAE8, 11));
    CHECK(is_shown(0x1FAE8, 12));
    CHECK_FALSE(is_shown(0x2FFC, 12));
    CHECK(is_shown(0x2FFC, 13));
    CHECK_FALSE(is_shown(0x1C89, 13));
    CHECK(is_shown(0x1C89, 14));
    CHECK(is_shown(0x1C89, 99));
    CHECK(is_shown('a', 0));
}

TEST_CASE("bytes and bytearrays differ in their apostrophes", "[values]")
{
    CHECK(bytes_repr(bytes_of("it's\n\xff")) == "b\"it's\\n\\xff\"");
    CHECK(byte_array_repr(bytes_of("it's")) == "b\"it\\'s\"");
    CHECK(bytes_repr({}) == "b''");
}
