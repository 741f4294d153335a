#include "sources/source_match.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"

namespace pycore {
namespace {

SourceMatch match(const std::string& name, std::int32_t first_line, const std::string& bytes)
{
    PythonCode code;
    code.name = name;
    code.first_line = first_line;
    const SourceText text(bytes);
    return match_source(code, [&text](std::int32_t number) { return text.line(number); });
}

TEST_CASE("a function is confirmed by its definition", "[sources]")
{
    CHECK(match("f", 1, "def f(): pass\n") == SourceMatch::confirmed);
    CHECK(match("f", 2, "class A:\n\tdef f(self):\n") == SourceMatch::confirmed);
    CHECK(match("A", 1, "class A:\n") == SourceMatch::confirmed);
    CHECK(match("f", 1, "  async  def f(x):\n") == SourceMatch::confirmed);
    CHECK(match("f", 1, "def f[T](x: T): ...\n") == SourceMatch::confirmed);
    CHECK(match("X", 1, "type X = int\n") == SourceMatch::confirmed);
    CHECK(match("f", 1, "\fdef f():\n") == SourceMatch::confirmed);
    CHECK(match("gr\u00FC\u00DFe", 1, "def gr\u00FC\u00DFe():\n") == SourceMatch::confirmed);
}

TEST_CASE("a function that is not on its line is refuted", "[sources]")
{
    CHECK(match("f", 1, "# new\ndef f(): pass\n") == SourceMatch::refuted);
    CHECK(match("f", 1, "def f2(): pass\n") == SourceMatch::refuted);
    CHECK(match("f", 1, "def f\u00FC(): pass\n") == SourceMatch::refuted);
    CHECK(match("f", 1, "undef f(): pass\n") == SourceMatch::refuted);
    CHECK(match("f", 9, "def f(): pass\n") == SourceMatch::refuted);
    CHECK(match("f", 0, "def f(): pass\n") == SourceMatch::refuted);
    CHECK(match("f", -7, "def f(): pass\n") == SourceMatch::refuted);
}

TEST_CASE("decorators come before the definition", "[sources]")
{
    const std::string text = "@first\n@second(\n    1,\n)\ndef f(): pass\ndef g(): pass\n";
    CHECK(match("f", 1, text) == SourceMatch::confirmed);
    CHECK(match("h", 1, text) == SourceMatch::refuted);
    CHECK(match("f", INT32_MAX, text) == SourceMatch::refuted);
}

TEST_CASE("a lambda is on its line; a module has no definition", "[sources]")
{
    CHECK(match("<lambda>", 1, "f = lambda: 1\n") == SourceMatch::confirmed);
    CHECK(match("<lambda>", 1, "f = 1\n") == SourceMatch::refuted);
    CHECK(match("<module>", 1, "f = 1\n") == SourceMatch::open);
    CHECK(match("<listcomp>", 7, "f = 1\n") == SourceMatch::open);
    CHECK(match("", 7, "f = 1\n") == SourceMatch::open);
    CHECK(match("red\x1b[31m fun", 1, "def plain():\n") == SourceMatch::open);
}

TEST_CASE("columns lie within their line", "[sources]")
{
    const auto at = [](std::int32_t column, std::int32_t end_line, std::int32_t end_column) {
        return SourcePosition{
            .line = 1, .end_line = end_line, .column = column, .end_column = end_column};
    };
    CHECK(columns_fit(at(0, 1, 5), "abcde"));
    CHECK_FALSE(columns_fit(at(0, 1, 6), "abcde"));
    CHECK_FALSE(columns_fit(at(6, 1, 6), "abcde"));
    CHECK_FALSE(columns_fit(at(-1, 1, 5), "abcde"));
    CHECK(columns_fit(at(3, 2, 40), "abcde"));
    CHECK_FALSE(columns_fit(at(6, 2, 40), "abcde"));
    CHECK(columns_fit({.line = 1, .end_line = {}, .column = {}, .end_column = {}}, ""));
}

}  // namespace
}  // namespace pycore
