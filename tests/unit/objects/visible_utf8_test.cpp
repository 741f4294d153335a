#include "objects/text.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

TEST_CASE("valid UTF-8 stays as it is", "[objects]")
{
    CHECK(visible_utf8("caf\u00E9 \u4E2D \U0001F40D") == "caf\u00E9 \u4E2D \U0001F40D");
    CHECK(visible_utf8("").empty());
    CHECK(visible_utf8("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF") ==
          "\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF");
}

TEST_CASE("a byte that is not UTF-8 is shown in hexadecimal", "[objects]")
{
    CHECK(visible_utf8("a\xFFz") == "a\\xffz");
    CHECK(visible_utf8("\x80") == "\\x80");
    CHECK(visible_utf8("\xF5\x80\x80\x80") == "\\xf5\\x80\\x80\\x80");
}

TEST_CASE("a sequence that ends too early is shown byte by byte", "[objects]")
{
    CHECK(visible_utf8("\xE4\xB8") == "\\xe4\\xb8");
    CHECK(visible_utf8("\xF0\x9F\x90") == "\\xf0\\x9f\\x90");
    CHECK(visible_utf8("\xC3(") == "\\xc3(");
    CHECK(visible_utf8("\xE4\xB8!") == "\\xe4\\xb8!");
}

TEST_CASE("an overlong form is not UTF-8", "[objects]")
{
    CHECK(visible_utf8("\xC0\xAF") == "\\xc0\\xaf");
    CHECK(visible_utf8("\xC1\xBF") == "\\xc1\\xbf");
    CHECK(visible_utf8("\xE0\x9F\xBF") == "\\xe0\\x9f\\xbf");
    CHECK(visible_utf8("\xF0\x8F\xBF\xBF") == "\\xf0\\x8f\\xbf\\xbf");
}

TEST_CASE("a surrogate and what lies past U+10FFFF are not UTF-8", "[objects]")
{
    CHECK(visible_utf8("\xED\xA0\x80") == "\\xed\\xa0\\x80");
    CHECK(visible_utf8("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
}

}  // namespace
}  // namespace pycore::test
