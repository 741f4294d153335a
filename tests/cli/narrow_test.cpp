#include <algorithm>
#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

std::size_t lines_of(const std::string& text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("option --brief says what happened in less than 25 lines", "[cli]")
{
    const Outcome outcome = run({"--brief", "--no-recorded-paths", python_core()});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.find("SIGSEGV: ") == 0);
    CHECK_THAT(outcome.out, contains("\n  call_plugin (program.py:17)\n"));
    CHECK(lines_of(outcome.out) < 25);
}

TEST_CASE("option --threads lists them without stacks", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run({"--threads", input.core});
    CHECK_THAT(outcome.out, contains("\n2 threads:\n  7  crashed"));
    CHECK_THAT(outcome.out, contains("\n  8"));
    CHECK(outcome.out.find("most recent call first") == std::string::npos);
}

TEST_CASE("option --thread shows one thread, or says that there is none", "[cli]")
{
    const CoreFolder input;
    const Outcome outcome = run({"--thread", "8", input.core});
    CHECK_THAT(outcome.out, contains("\nThread 8 (most recent call first):\n"));
    CHECK(outcome.out.find("Crashed thread") == std::string::npos);

    const Outcome unknown = run({"--thread=9", input.core});
    CHECK(unknown.status == 2);
    CHECK(unknown.out.empty());
    CHECK_THAT(unknown.error, contains(": no thread 9; --threads lists them\n"));
    CHECK(run({"--thread", "x", input.core}).status == 2);
}

TEST_CASE("what narrows the text is wrong use without a text", "[cli]")
{
    const CoreFolder input;
    for (const char* option : {"--threads", "--thread=7"}) {
        const Outcome outcome = run({"--json", option, input.core});
        CHECK(outcome.status == 2);
        CHECK(outcome.out.empty());
    }
}

TEST_CASE("option --print-schema writes the schema file, and needs no core", "[cli]")
{
    std::ifstream file(PYCORE_SCHEMAS "/report-1.schema.json");
    std::ostringstream text;
    text << file.rdbuf();
    const Outcome outcome = run({"--print-schema"});
    CHECK(outcome.status == 0);
    CHECK(text.str().size() > 10'000);
    CHECK(outcome.out == text.str());
}

}  // namespace
}  // namespace pycore::test
