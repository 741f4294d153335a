#include "cli/command.hpp"
#include "cli/fixtures.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

bool has_color(const Outcome& outcome)
{
    return outcome.out.find("\x1b[") != std::string::npos;
}

TEST_CASE("color is for terminals", "[cli]")
{
    if (terminals_are_missing()) {
        return;
    }
    const CoreFolder input;
    CHECK(has_color(run_on_terminal({.arguments = {input.core}, .environment = {"TERM=xterm"}})));
    CHECK_FALSE(has_color(run({.arguments = {input.core}, .environment = {"TERM=xterm"}})));
}

TEST_CASE("NO_COLOR, a dumb terminal and --color=never keep color away", "[cli]")
{
    if (terminals_are_missing()) {
        return;
    }
    const CoreFolder input;
    CHECK_FALSE(has_color(
        run_on_terminal({.arguments = {input.core}, .environment = {"TERM=xterm", "NO_COLOR=1"}})));
    CHECK_FALSE(
        has_color(run_on_terminal({.arguments = {input.core}, .environment = {"TERM=dumb"}})));
    CHECK_FALSE(has_color(run_on_terminal({.arguments = {input.core}, .environment = {}})));
    CHECK_FALSE(has_color(run_on_terminal(
        {.arguments = {"--color=never", input.core}, .environment = {"TERM=xterm"}})));
}

TEST_CASE("option --color=always colors what is no terminal", "[cli]")
{
    const CoreFolder input;
    CHECK(has_color(run({"--color=always", input.core})));
}

TEST_CASE("JSON has no color anywhere", "[cli]")
{
    if (terminals_are_missing()) {
        return;
    }
    const CoreFolder input;
    CHECK_FALSE(has_color(
        run_on_terminal({.arguments = {"--json", input.core}, .environment = {"TERM=xterm"}})));
}

TEST_CASE("a terminal for standard input is wrong use, not a wait for ever", "[cli]")
{
    if (terminals_are_missing()) {
        return;
    }
    const Outcome outcome = run_on_terminal({.arguments = {"-"}});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.out, contains("standard input is a terminal"));
}

}  // namespace
}  // namespace pycore::test
