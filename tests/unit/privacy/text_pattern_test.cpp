#include "privacy/text_pattern.hpp"

#include "support/catch.hpp"

namespace pycore {
namespace {

std::vector<std::string> found(const std::string& pattern, const std::string& text)
{
    std::vector<TextSpan> spans;
    TextPattern(pattern).find(text, spans);
    std::vector<std::string> texts;
    for (const TextSpan& span : spans) {
        texts.push_back(text.substr(span.begin, span.end - span.begin));
    }
    return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("a pattern is found in any text, in either case", "[privacy]")
{
    CHECK(found("acme", "the ACME corp, acme.com") == Texts{"ACME", "acme"});
    CHECK(found("acme", "nothing").empty());
    CHECK(found("", "text").empty());
    CHECK(found("*", "text").empty());
}

TEST_CASE("a star stands for any part of one word", "[privacy]")
{
    CHECK(found("cust-*", "for cust-4711, 'cust-x' now") == Texts{"cust-4711,", "cust-x"});
    CHECK(found("*@acme.com", "mail bob@acme.com or eve@other.com") == Texts{"bob@acme.com"});
    CHECK(found("a*z", "a to z, abcz abz") == Texts{"abcz", "abz"});
    CHECK(found("a*b*c", "axbyc acb abc") == Texts{"axbyc", "abc"});
}

TEST_CASE("one long word takes no longer than many short ones", "[privacy]")
{
    const std::string word(1 << 20, 'a');
    for (const char* pattern : {"a*b", "*a", "a*", "*aa*", "aa*aa*b"}) {
        CHECK_NOTHROW(found(pattern, word));
    }
}

}  // namespace
}  // namespace pycore
