#include "text/wrapped.hpp"

#include <sstream>

#include "support/catch.hpp"

namespace pycore {
namespace {

std::string wrapped(std::string_view text,
                    std::size_t width,
                    Indent indent = {},
                    bool color = false)
{
    std::ostringstream out;
    StyledText styled(out, Presentation{.color = color, .width = width});
    write_wrapped(styled, text, indent, Style::headline);
    return out.str();
}

TEST_CASE("a paragraph is broken between words, and its last column stays free", "[text]")
{
    const std::string words(45, 'x');
    CHECK(wrapped("one " + words + " two", 50) == "  one\n      " + words + "\n      two\n");
    CHECK(wrapped(std::string(47, 'x'), 50) == "  " + std::string(47, 'x') + "\n");
    CHECK(wrapped(std::string(22, 'x') + " " + std::string(24, 'y'), 50) ==
          "  " + std::string(22, 'x') + " " + std::string(24, 'y') + "\n");
    CHECK(wrapped(std::string(22, 'x') + " " + std::string(25, 'y'), 50) ==
          "  " + std::string(22, 'x') + "\n      " + std::string(25, 'y') + "\n");
}

TEST_CASE("a word that is longer than a line stays in one piece", "[text]")
{
    const std::string path = "/" + std::string(200, 'p');
    CHECK(wrapped("core " + path + " (1 MiB)", 50) ==
          "  core\n      " + path + "\n      (1 MiB)\n");
}

TEST_CASE("characters count, not bytes", "[text]")
{
    std::string umlauts;
    for (int i = 0; i < 40; ++i) {
        umlauts += "ä";
    }
    CHECK(wrapped("a " + umlauts, 50) == "  a " + umlauts + "\n");
}

TEST_CASE("a terminal that is too narrow for anything is taken for 40 columns", "[text]")
{
    CHECK(wrapped("one two", 1) == "  one two\n");
    CHECK(wrapped("one two", 0) == "  one two\n");
}

TEST_CASE("an empty paragraph is an empty line, and blanks are kept", "[text]")
{
    CHECK(wrapped("", 80, {.first = 0, .rest = 2}) == "\n");
    CHECK(wrapped("a   b ", 80, {.first = 0, .rest = 2}) == "a   b \n");
}

TEST_CASE("each line is in color for itself", "[text]")
{
    const std::string word(30, 'w');
    CHECK(wrapped(word + " " + word, 40, {.first = 0, .rest = 2}, true) ==
          "\x1b[1;31m" + word + "\x1b[0m\n  \x1b[1;31m" + word + "\x1b[0m\n");
}

}  // namespace
}  // namespace pycore
