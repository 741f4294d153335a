#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

// The expected lines are those that CPython's faulthandler printed when this process died
// (corpus/null_call); a process without any ELF file at hand must give them too.
TEST_CASE("a compressed core of CPython is reported, with status 0", "[cli]")
{
    const Outcome outcome = run({"--no-recorded-paths", python_core()});
    CHECK(outcome.status == 0);
    CHECK(outcome.error.empty());
    CHECK_THAT(outcome.out, contains(" was killed by SIGSEGV\n"
                                     "  signal      SEGV_MAPERR: address not mapped, at 0x0\n"));
    CHECK_THAT(outcome.out, contains("  python      CPython 3.13.5\n"));
    CHECK_THAT(outcome.out, contains(" \"MainThread\" (most recent call first):\n"));
    CHECK_THAT(outcome.out, contains("/program.py\", line 17, in call_plugin"));
}

TEST_CASE("a limit that cuts the report is said in it, and is status 4", "[cli]")
{
    const Outcome outcome = run({"--json", "--no-recorded-paths", "--max-frames=2", python_core()});
    CHECK(outcome.status == 4);
    CHECK_THAT(outcome.error, contains("--max-frames"));
    const auto report = nlohmann::json::parse(outcome.out);
    CHECK(report["status"] == "partial");
    CHECK(report["limits"]["hit"][0]["limit"] == "max-frames");
    for (const auto& thread : report["threads"]) {
        CHECK(thread["stack"].size() <= 2);
    }
}

TEST_CASE("the list of ELF files is there unless --no-modules leaves it out", "[cli]")
{
    const Outcome with = run({"--json", "--no-recorded-paths", python_core()});
    CHECK_FALSE(nlohmann::json::parse(with.out)["modules"].empty());
    const Outcome without = run({"--json", "--no-recorded-paths", "--no-modules", python_core()});
    CHECK(without.status == 0);
    CHECK(nlohmann::json::parse(without.out)["modules"].empty());
}

TEST_CASE("a report is never longer than --max-report-bytes where it can be cut", "[cli]")
{
    const Outcome outcome = run({"--json", "--max-report-bytes=8K", python_core()});
    CHECK(outcome.status == 4);
    CHECK(outcome.out.size() <= 8 * 1024);
    CHECK(nlohmann::json::parse(outcome.out)["limits"]["hit"][0]["limit"] == "max-report-bytes");
}

}  // namespace
}  // namespace pycore::test
