#include "sources/source_text.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"

namespace pycore {
namespace {

using Line = std::optional<std::string>;

TEST_CASE("lines end as the compiler sees them, and nowhere else", "[sources]")
{
    const SourceText text("unix\ndos\r\nmac\rform\ffeed \v \x1c\n\nlast");
    CHECK(text.line(1) == Line("unix"));
    CHECK(text.line(2) == Line("dos"));
    CHECK(text.line(3) == Line("mac"));
    CHECK(text.line(4) == Line("form\ffeed \v \x1c"));
    CHECK(text.line(5) == Line(""));
    CHECK(text.line(6) == Line("last"));
    CHECK(text.line(7) == Line());
    CHECK(text.line(0) == Line());
    CHECK(text.line(-1) == Line());
    CHECK(text.line(INT32_MAX) == Line());
}

TEST_CASE("an end of line at the end of a file begins no line", "[sources]")
{
    CHECK(SourceText("a\n").line(2) == Line());
    CHECK(SourceText("").line(1) == Line());
}

TEST_CASE("a byte order mark is no part of the first line", "[sources]")
{
    CHECK(SourceText("\xEF\xBB\xBF"
                     "x = 1\n")
              .line(1) == Line("x = 1"));
}

TEST_CASE("a file is decoded as it says itself", "[sources]")
{
    const std::string umlaut = "x = '\xE4'\n";
    const Line decoded("x = '\u00E4'");
    CHECK(SourceText("# -*- coding: latin-1 -*-\n" + umlaut).line(2) == decoded);
    CHECK(
        SourceText("#!/usr/bin/python3\n# vim: set fileencoding=ISO_8859_1 :\n" + umlaut).line(3) ==
        decoded);
    CHECK(SourceText("# coding=utf-8\nx = '\u00E4'\n").line(2) == decoded);
    // Only a comment says it, and only in the first two lines, the first a comment or blank.
    CHECK(SourceText("coding = 'latin-1'\n" + umlaut).line(2) == Line());
    CHECK(SourceText("x = 1\n# coding: latin-1\n" + umlaut).line(3) == Line());
    CHECK(SourceText("\n\n# coding: latin-1\n" + umlaut).line(4) == Line());
}

TEST_CASE("of an encoding that is not known only lines in ASCII are told", "[sources]")
{
    const SourceText text("# coding: koi8-r\nx = '\xE4'\ny = 1\n");
    CHECK(text.line(2) == Line());
    CHECK(text.line(3) == Line("y = 1"));
}

TEST_CASE("a line that is no UTF-8 is not told", "[sources]")
{
    const SourceText text("x = '\xE4'\ny = 1\n");
    CHECK(text.line(1) == Line());
    CHECK(text.line(2) == Line("y = 1"));
}

TEST_CASE("an endless line is not told, those around it are", "[sources]")
{
    const SourceText text("a\n" + std::string(longest_source_line + 1, 'x') + "\nb\n");
    CHECK(text.line(2) == Line());
    CHECK(text.line(3) == Line("b"));
}

}  // namespace
}  // namespace pycore
