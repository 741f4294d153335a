#include "text/source_line.hpp"

#include <sstream>

#include "support/catch.hpp"
#include "view/wide_characters.hpp"

namespace pycore {
namespace {

std::string shown(const std::string& line,
                  const SourcePosition& position,
                  Underline underline = Underline::columns)
{
    std::ostringstream out;
    StyledText text(out, Presentation{});
    write_source(text, SourceLine{.text = line}, position, underline);
    return out.str();
}

SourcePosition columns(std::int32_t first, std::int32_t end)
{
    return {.line = 1, .end_line = 1, .column = first, .end_column = end};
}

// Expected in these tests is what traceback.py of CPython 3.12 prints for the same line and
// columns.

TEST_CASE("the columns of a line are underlined", "[text]")
{
    CHECK(shown("    return f(x) + 1", columns(11, 15)) ==
          "    return f(x) + 1\n"
          "           ^^^^\n");
    CHECK(shown("\tf(1); g(2)", columns(7, 11)) ==
          "    f(1); g(2)\n"
          "          ^^^^\n");
}

TEST_CASE("columns that are all of the line are not underlined", "[text]")
{
    CHECK(shown("    f(x)", columns(4, 8)) == "    f(x)\n");
    CHECK(shown("    f(x)  ", columns(4, 8)) == "    f(x)\n");
    CHECK(shown("    f(x)", columns(0, 0)) == "    f(x)\n");
    CHECK(shown("    f(x)", {.line = 1, .end_line = 1, .column = {}, .end_column = {}}) ==
          "    f(x)\n");
    CHECK(shown("x = f(x)", columns(4, 8), Underline::none) == "    x = f(x)\n");
}

TEST_CASE("a range of several lines is underlined to the end of the first", "[text]")
{
    CHECK(shown("    x = f(1,  ", {.line = 1, .end_line = 2, .column = 8, .end_column = 3}) ==
          "    x = f(1,\n"
          "        ^^^^\n");
}

TEST_CASE("columns count bytes, and wide characters take two places", "[text]")
{
    CHECK(shown("s = '\u00E4\u00F6' + f()", columns(13, 16)) ==
          "    s = '\u00E4\u00F6' + f()\n"
          "               ^^^\n");
    CHECK(shown("s = '\u5DE5\u4F5C' + f()", columns(15, 18)) ==
          "    s = '\u5DE5\u4F5C' + f()\n"
          "                 ^^^\n");
    CHECK(shown("x = '\u5DE5'.f", columns(4, 9)) ==
          "    x = '\u5DE5'.f\n"
          "        ^^^^\n");
}

TEST_CASE("the widths of characters are those of Unicode", "[text]")
{
    for (const char32_t wide : {U'\u1100', U'\u5DE5', U'\uFF21', U'\U0001F600', U'\U0003FFFD'}) {
        CHECK(is_wide(wide));
    }
    for (const char32_t narrow : {U'a', U'\u00E4', U'\u0301', U'\uFF71', U'\U0010FFFF'}) {
        CHECK_FALSE(is_wide(narrow));
    }
}

TEST_CASE("nothing in a line reaches the terminal as it is but what can be shown", "[text]")
{
    CHECK(shown("f('\x1B[2J') ; g", columns(13, 14)).find('\x1B') == std::string::npos);
    CHECK(shown("a\fb = c", columns(6, 7)) ==
          "    a\\x0cb = c\n"
          "             ^\n");
    CHECK(shown("a\tb = c", columns(6, 7)) ==
          "    a    b = c\n"
          "             ^\n");
}

TEST_CASE("a line that is empty, or does not have the columns, is shown as far as it goes",
          "[text]")
{
    CHECK(shown("", columns(4, 8)).empty());
    CHECK(shown("  \t ", columns(4, 8)).empty());
    CHECK(shown("f()", columns(40, 80)) == "    f()\n");
    CHECK(shown("f()", columns(-5, 2)) == "    f()\n");
    CHECK(shown("f()", columns(2, -2)) == "    f()\n");
    CHECK(shown("f(\xE5", columns(1, 3)) == "    f(\\xe5\n     ^^^^^\n");
}

TEST_CASE("a long line is cut around its columns", "[text]")
{
    const std::string before(100, 'a');
    const std::string after(100, 'z');
    CHECK(shown("x" + after, columns(0, 1)) == "    x" + std::string(71, 'z') + "...\n    ^\n");
    CHECK(shown(before + "MARK", columns(100, 104)) ==
          "    ..." + std::string(68, 'a') + "MARK\n" + std::string(75, ' ') + "^^^^\n");
    const std::string both = shown(before + "MARK" + after, columns(100, 104));
    CHECK(both == "    ..." + std::string(12, 'a') + "MARK" + std::string(53, 'z') + "...\n" +
                      std::string(19, ' ') + "^^^^\n");
    // A range that is too long itself is shown from its start.
    CHECK(shown("x = " + before, columns(4, 104)) == "    x = " + std::string(68, 'a') + "...\n" +
                                                         std::string(8, ' ') +
                                                         std::string(68, '^') + "\n");
}

}  // namespace
}  // namespace pycore
