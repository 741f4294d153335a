#include "markdown/code.hpp"
#include "markdown/page.hpp"
#include "support/catch.hpp"

namespace pycore::markdown {
namespace {

TEST_CASE("a code span has a delimiter that its text cannot be", "[markdown]")
{
    CHECK(code_span("strlen") == "`strlen`");
    CHECK(code_span("a`b") == "``a`b``");
    CHECK(code_span("a``b`c") == "```a``b`c```");
    CHECK(code_span("`") == "`` ` ``");
    CHECK(code_span(" a ") == "`  a  `");
    CHECK(code_span("") == "` `");
    CHECK(code_span("a\nb\x1b") == "`a\\nb\\x1b`");
    // GitHub's parser takes no delimiter of more than 80.
    CHECK(code_span(std::string(21, '`')).find("\\x60\\x60") != std::string::npos);
}

TEST_CASE("a block has a fence that none of its lines can be", "[markdown]")
{
    CHECK(code_block("a\n") == "```text\na\n```\n");
    CHECK(code_block("````\n") == "`````text\n````\n`````\n");
}

TEST_CASE("a block that is too long ends after a whole line, and says so", "[markdown]")
{
    CHECK(code_block("one\ntwo\nthree\n", 9) ==
          "```text\none\ntwo\n```\n\n*1 more line left out here*\n");
    CHECK(code_block("one\n", 2) == "\n*1 more line left out here*\n");
}

TEST_CASE("a page is never fuller than it may be, and says what is missing", "[markdown]")
{
    Page page;
    page.add("# Title");
    for (int i = 0; i < 20; ++i) {
        page.add_folded("Thread", std::string(500, 'x') + "\n" + std::string(6000, 'y') + "\n");
    }
    page.add_block("Hints", "last\n");
    const std::string text = std::move(page).finish();
    CHECK(text.size() <= most_bytes);
    CHECK(text.size() > most_bytes / 2);
    CHECK(text.starts_with("# Title\n"));
    CHECK_THAT(text, test::contains("The page is full"));
}

}  // namespace
}  // namespace pycore::markdown
