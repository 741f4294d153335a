#include <sstream>

#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"
#include "text/exceptions.hpp"

namespace pycore {
namespace {

using test::code;

TracebackEntry entry(std::string function, std::int32_t line)
{
    return {
        .code = code("app.py", std::move(function)), .position = {.line = line}, .source = nullptr};
}

Exception exception(std::string type, std::string message)
{
    Exception made;
    made.type = std::move(type);
    made.message = std::move(message);
    return made;
}

std::string shown(const Exception& one, bool raised = false)
{
    Thread thread;
    thread.exception = one;
    thread.exception_raised = raised;
    std::ostringstream out;
    StyledText text(out, Presentation{});
    write_exceptions(text, thread);
    return out.str();
}

// The expected texts of this file are what traceback.format_exception of 3.13 gives, indented.

TEST_CASE("causes come before what they caused, with Python's words between", "[text]")
{
    Exception last = exception("__main__.Late", "too late");
    last.traceback = {entry("<module>", 9), entry("work", 3)};
    last.notes = {"a note\nof two lines"};
    last.cause = std::make_shared<const Exception>(exception("KeyError", "'k'"));
    CHECK(shown(last, true) ==
          "  An exception was being raised:\n"
          "    KeyError: 'k'\n"
          "    \n"
          "    The above exception was the direct cause of the following exception:\n"
          "    \n"
          "    Traceback (most recent call last):\n"
          "      File \"app.py\", line 9, in <module>\n"
          "      File \"app.py\", line 3, in work\n"
          "    Late: too late\n"
          "    a note\n"
          "    of two lines\n");
}

TEST_CASE("a context is shown unless it is suppressed", "[text]")
{
    Exception last = exception("ValueError", "");
    last.context = std::make_shared<const Exception>(exception("KeyError", "'k'"));
    CHECK_THAT(shown(last), test::contains("    KeyError: 'k'\n    \n    During handling of the "
                                           "above exception, another exception occurred:\n"));
    last.suppress_context = true;
    CHECK(shown(last) == "  An exception was being handled:\n    ValueError\n");
}

TEST_CASE("a group is drawn with the boxes of Python", "[text]")
{
    Exception inner = exception("ExceptionGroup", "inner (1 sub-exception)");
    inner.is_group = true;
    inner.exceptions = {exception("KeyError", "'k'")};
    Exception group = exception("ExceptionGroup", "outer (2 sub-exceptions)");
    group.is_group = true;
    group.traceback = {entry("work", 3)};
    group.exceptions = {exception("ValueError", "v"), inner};
    CHECK(shown(group) ==
          "  An exception was being handled:\n"
          "      + Exception Group Traceback (most recent call last):\n"
          "      |   File \"app.py\", line 3, in work\n"
          "      | ExceptionGroup: outer (2 sub-exceptions)\n"
          "      +-+---------------- 1 ----------------\n"
          "        | ValueError: v\n"
          "        +---------------- 2 ----------------\n"
          "        | ExceptionGroup: inner (1 sub-exception)\n"
          "        +-+---------------- 1 ----------------\n"
          "          | KeyError: 'k'\n"
          "          +------------------------------------\n");
}

TEST_CASE("recursion is shown three times and counted", "[text]")
{
    Exception deep = exception("RecursionError", "too deep");
    deep.traceback.assign(5, entry("f", 2));
    CHECK_THAT(shown(deep), test::contains("      File \"app.py\", line 2, in f\n"
                                           "      [Previous line repeated 2 more times]\n"));
}

TEST_CASE("a source line stands below its entry", "[text]")
{
    Exception one = exception("ValueError", "v");
    one.traceback = {entry("f", 2)};
    one.traceback[0].source =
        std::make_shared<const SourceLine>(SourceLine{.text = "\t raise ValueError('v') "});
    CHECK_THAT(shown(one), test::contains("line 2, in f\n        raise ValueError('v')\n"));
}

TEST_CASE("no message can look like a part of the report", "[text]")
{
    const std::string text =
        shown(exception("ValueError", "one\n\nWarnings:\n\x1b[31m\rThread 1 (most recent"));
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        CHECK(line.starts_with("    "));
    }
    CHECK_THAT(text, test::contains("\\x1b[31m\\rThread 1"));
}

TEST_CASE("what is not certain or not complete is said", "[text]")
{
    Exception one = exception("", "argument");
    one.message_certain = false;
    one.complete = false;
    CHECK(shown(one) ==
          "  An exception was being handled:\n"
          "    <unknown type>: argument\n"
          "    [its own __str__ was not run]\n"
          "    [not all of this exception could be read]\n");
}

TEST_CASE("the place of a SyntaxError may be anything", "[text]")
{
    Exception error = exception("SyntaxError", "unused");
    SyntaxErrorPlace place{.message = "bad",
                           .file = "f.py",
                           .line = 1,
                           .column = INT64_MAX,
                           .end_line = 1,
                           .end_column = INT64_MIN,
                           .text = "  a b\n"};
    error.syntax = std::make_shared<const SyntaxErrorPlace>(place);
    CHECK_THAT(shown(error), test::contains("      File \"f.py\", line 1\n        a b\n    Synt"));
    place.column = 5;
    place.end_column = 6;
    error.syntax = std::make_shared<const SyntaxErrorPlace>(place);
    CHECK_THAT(shown(error), test::contains("        a b\n          ^\n    SyntaxError: bad\n"));
}

}  // namespace
}  // namespace pycore
