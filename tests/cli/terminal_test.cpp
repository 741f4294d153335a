#include <algorithm>

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

std::size_t longest_line(const std::string& text)
{
    std::size_t longest = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        longest = std::max(longest, end - start);
        start = end + 1;
    }
    return longest;
}

TEST_CASE("sentences are as wide as the terminal, and 80 columns elsewhere", "[cli]")
{
    if (terminals_are_missing()) {
        return;
    }
    const std::vector<std::string> arguments{"--no-recorded-paths", "--threads", python_core()};
    const std::string wide = run_on_terminal({.arguments = arguments, .columns = 200}).out;
    const std::string narrow = run_on_terminal({.arguments = arguments, .columns = 60}).out;
    const std::string unknown = run_on_terminal({.arguments = arguments}).out;
    // The first line is the sentence, and the longest one that can be broken anywhere.
    CHECK(wide.find('\n') > 80);
    CHECK(narrow.find('\n') < 61);
    CHECK(unknown == run_on_terminal({.arguments = arguments, .columns = 80}).out);
    CHECK(longest_line(narrow) < longest_line(unknown));
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
