#include "analysis/assertion_text.hpp"

#include "support/catch.hpp"

namespace pycore::test {
namespace {

TEST_CASE("glibc's message of a failed assertion is taken apart", "[analysis]")
{
    const auto text =
        parse_assertion("python3: ../src/decode.c:12: decode_row: Assertion `width > 0' failed.");

    REQUIRE(text.has_value());
    CHECK(text->expression == "width > 0");
    CHECK(text->file == "../src/decode.c");
    CHECK(text->line == 12);
    CHECK(text->function == "decode_row");
}

TEST_CASE("what an assertion says may hold what separates its parts", "[analysis]")
{
    const auto text = parse_assertion(
        "python3: a.cpp:7: void ns::f(int) [with T = a::b]: "
        "Assertion `strcmp(s, \"x: Assertion `y' failed.\") != 0 && \"in b.c:9: g\"' failed.\n");

    REQUIRE(text.has_value());
    CHECK(text->expression == "strcmp(s, \"x: Assertion `y' failed.\") != 0 && \"in b.c:9: g\"");
    CHECK(text->file == "a.cpp");
    CHECK(text->line == 7);
    CHECK(text->function == "void ns::f(int) [with T = a::b]");
}

TEST_CASE("program and function are not always told", "[analysis]")
{
    CHECK(parse_assertion("a.c:3: f: Assertion `x' failed.") ==
          AssertionText{.expression = "x", .file = "a.c", .line = 3, .function = "f"});
    CHECK(parse_assertion("p: a.c:3: Assertion `x' failed.") ==
          AssertionText{.expression = "x", .file = "a.c", .line = 3, .function = ""});
}

TEST_CASE("another message is no assertion", "[analysis]")
{
    const char* const message =
        GENERATE("", "free(): invalid pointer", "*** stack smashing detected ***: terminated",
                 "p: a.c:3: f: Unexpected error: No such file or directory.",
                 "p: a.c:3: f: Assertion `x' failed", "p: a.c:3: f: Assertion `' faile",
                 "p: a.c: f: Assertion `x' failed.", "p: a.c:3x: f: Assertion `x' failed.",
                 "p: a.c:99999999999: f: Assertion `x' failed.", "Assertion `x' failed.",
                 "p: a.c:3: fAssertion `x' failed.", "p: a.c:3: f: Assertion `' failed");
    INFO(message);

    CHECK_FALSE(parse_assertion(message).has_value());
}

}  // namespace
}  // namespace pycore::test
