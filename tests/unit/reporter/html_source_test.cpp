#include <sstream>

#include "html/source_line.hpp"
#include "support/catch.hpp"

namespace pycore {
namespace {

std::string shown(const std::string& text, std::int32_t column, std::int32_t end)
{
    std::ostringstream out;
    html::Page page(out);
    html::write_source(page, SourceLine{.text = text},
                       {.line = 1, .end_line = 1, .column = column, .end_column = end});
    return out.str();
}

TEST_CASE("the columns of a line are marked", "[html]")
{
    CHECK(shown("    x = f(1) + 2", 8, 12) ==
          "<code class=\"src\">x = <mark>f(1)</mark> + 2</code>");
    CHECK(shown("f(a<b)", 2, 5) == "<code class=\"src\">f(<mark>a&lt;b</mark>)</code>");
}

TEST_CASE("columns are bytes, whatever characters they make", "[html]")
{
    // Two wide characters of three bytes each, then a tab.
    CHECK(shown("\xE8\x9B\x87 = \xE8\x9B\x87(\t1)", 6, 13) ==
          "<code class=\"src\">\xE8\x9B\x87 = <mark>\xE8\x9B\x87(    1)</mark></code>");
    CHECK(shown("\tx\ty = 1", 3, 4) == "<code class=\"src\">x    <mark>y</mark> = 1</code>");
}

TEST_CASE("what is all of the line, or none, is not marked", "[html]")
{
    CHECK(shown("  f()", 2, 5) == "<code class=\"src\">f()</code>");
    CHECK(shown("f()", 40, 50) == "<code class=\"src\">f()</code>");
    CHECK(shown("f()", -5, -1) == "<code class=\"src\">f()</code>");
    CHECK(shown("   ", 0, 1).empty());
}

TEST_CASE("a long line of a page is cut around its columns", "[html]")
{
    const std::string text =
        shown(std::string(5'000, 'a') + "(b)" + std::string(5'000, 'c'), 5'001, 5'002);
    CHECK(text.size() < 500);
    CHECK_THAT(text, test::contains("\">…aaaa"));
    CHECK_THAT(text, test::contains("a(<mark>b</mark>)c"));
    CHECK_THAT(text, test::contains("ccc…</code>"));
    CHECK(shown(std::string(1 << 20, 'a'), 5, 9).size() < 600);
}

}  // namespace
}  // namespace pycore
