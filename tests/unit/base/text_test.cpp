#include "pycore/text.hpp"

#include <array>

#include "support/catch.hpp"

namespace pycore {
namespace {

std::string utf8(char32_t c)
{
    const auto low = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80) {
        return {static_cast<char>(c)};
    }
    if (c < 0x800) {
        return {static_cast<char>(0xC0 | (c >> 6)), low(0)};
    }
    if (c < 0x10000) {
        return {static_cast<char>(0xE0 | (c >> 12)), low(6), low(0)};
    }
    return {static_cast<char>(0xF0 | (c >> 18)), low(12), low(6), low(0)};
}

TEST_CASE("characters of every length pass unchanged", "[text]")
{
    const std::string text = "a \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\x8D";
    CHECK(to_valid_utf8(text) == text);
    CHECK(to_printable(text) == text);
    CHECK(is_printable(text));
}

TEST_CASE("each single byte above ASCII is no character", "[text]")
{
    for (int byte = 0x80; byte < 0x100; ++byte) {
        const std::string digits = {"0123456789abcdef"[byte / 16], "0123456789abcdef"[byte % 16]};
        CHECK(to_valid_utf8(std::string(1, static_cast<char>(byte))) == "\\x" + digits);
    }
}

TEST_CASE("overlong forms, surrogates and what is beyond Unicode are no characters", "[text]")
{
    CHECK(to_valid_utf8("\xC0\x80") == "\\xc0\\x80");
    CHECK(to_valid_utf8("\xC1\xBF") == "\\xc1\\xbf");
    CHECK(to_valid_utf8("\xE0\x9F\xBF") == "\\xe0\\x9f\\xbf");
    CHECK(to_valid_utf8("\xED\xA0\x80") == "\\xed\\xa0\\x80");
    CHECK(to_valid_utf8("\xF0\x8F\xBF\xBF") == "\\xf0\\x8f\\xbf\\xbf");
    CHECK(to_valid_utf8("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
    CHECK(to_valid_utf8("\xF5\x80\x80\x80") == "\\xf5\\x80\\x80\\x80");
}

TEST_CASE("the first and last characters around the gaps are characters", "[text]")
{
    for (const char32_t c : {0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0x10000U, 0x10FFFFU}) {
        CHECK(to_valid_utf8(utf8(c)) == utf8(c));
    }
}

TEST_CASE("a character cut short is shown byte by byte and the rest is kept", "[text]")
{
    CHECK(to_valid_utf8("\xE2\x82") == "\\xe2\\x82");
    CHECK(to_valid_utf8("\xE2\x82z") == "\\xe2\\x82z");
    CHECK(to_valid_utf8("\xF0\x9F\x90") == "\\xf0\\x9f\\x90");
}

TEST_CASE("every control character is written out", "[text]")
{
    for (char32_t c = 0; c < 0xA0; ++c) {
        const bool control = c < 0x20 || c >= 0x7F;
        CHECK(is_printable(utf8(c)) != control);
        CHECK((to_printable(utf8(c)) == utf8(c)) != control);
    }
    CHECK(to_printable("a\nb\rc\td") == "a\\nb\\rc\\td");
    CHECK(to_printable("\x1b[31m") == "\\x1b[31m");
    CHECK(to_printable(std::string(1, '\0')) == "\\x00");
    CHECK(to_printable("\x7f") == "\\x7f");
    CHECK(to_printable("\xC2\x9B"
                       "31m") == "\\u009b31m");
}

TEST_CASE("what turns text around or hides in it is written out", "[text]")
{
    CHECK(to_printable(utf8(0x202E) + "gpj.exe") == "\\u202egpj.exe");
    for (const char32_t c : {0xADU,   0x61CU,  0x200BU, 0x200CU, 0x200DU, 0x200EU, 0x200FU,
                             0x2028U, 0x2029U, 0x202AU, 0x202BU, 0x202CU, 0x202DU, 0x2060U,
                             0x2066U, 0x2067U, 0x2068U, 0x2069U, 0xFEFFU, 0xE0041U}) {
        CHECK_FALSE(is_printable(utf8(c)));
    }
    CHECK(to_printable(utf8(0xE0041)) == "\\U000e0041");
}

TEST_CASE("no sequence of two bytes yields a control character or invalid UTF-8", "[text]")
{
    for (int pair = 0; pair < 0x10000; ++pair) {
        const std::string bytes{static_cast<char>(pair >> 8), static_cast<char>(pair & 0xFF)};
        const std::string shown = to_printable(bytes);
        REQUIRE(is_printable(shown));
        REQUIRE(is_printable(bytes) == (shown == bytes));
    }
}

}  // namespace
}  // namespace pycore
