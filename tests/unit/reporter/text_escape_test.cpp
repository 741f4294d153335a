#include <algorithm>
#include <sstream>

#include "format.hpp"
#include "pycore/text.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

// A snapshot with `hostile` everywhere that text from a core can be.
Report report_of(const std::string& hostile)
{
    test::SnapshotBuilder builder;
    builder.thread(1, hostile, {test::frame(test::code(hostile, hostile, hostile), 1)})
        .segfault_at_null();
    Snapshot& snapshot = builder.edit();
    snapshot.core.path = hostile;
    snapshot.process.command = hostile;
    snapshot.process.command_line = {hostile, hostile};
    snapshot.process.executable = hostile;
    snapshot.interpreters[0].version_text = hostile;
    snapshot.gaps.push_back(Gap{.code = hostile, .message = hostile, .address = {}, .thread = {}});
    snapshot.limits.push_back(LimitHit{.limit = hostile, .value = 1, .where = hostile});
    return builder.report();
}

std::string shown(const Report& report)
{
    std::ostringstream out;
    find_format("text")->write(report, out, Presentation{});
    return out.str();
}

std::size_t lines_of(const std::string& text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string without_newlines(std::string text)
{
    std::erase(text, '\n');
    return text;
}

TEST_CASE("no byte of a core reaches the terminal as a control character", "[text]")
{
    const std::size_t lines = lines_of(shown(report_of("x")));
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text = shown(report_of(std::string("a") + static_cast<char>(byte) + "b"));
        CHECK(lines_of(text) == lines);
        CHECK(is_printable(without_newlines(text)));
    }
}

TEST_CASE("names that try to take over the terminal or the reader's eyes are spelled out", "[text]")
{
    const auto line_with = [](const std::string& hostile) {
        const std::string text = shown(report_of(hostile));
        const auto at = text.find("\n  File ") + 1;
        return text.substr(at, text.find('\n', at) - at);
    };
    CHECK(line_with("\x1b]0;owned\x07") ==
          "  File \"\\x1b]0;owned\\x07\", line 1, in \\x1b]0;owned\\x07");
    CHECK(line_with("a\n  File \"fake.py\"") ==
          "  File \"a\\n  File \"fake.py\"\", line 1, in a\\n  File \"fake.py\"");
    CHECK(line_with("\xC2\x9B"
                    "2J") == "  File \"\\u009b2J\", line 1, in \\u009b2J");
    CHECK(line_with("\xE2\x80\xAE"
                    "yp.x") == "  File \"\\u202eyp.x\", line 1, in \\u202eyp.x");
    CHECK(line_with("\xFF\xFE") == "  File \"\\xff\\xfe\", line 1, in \\xff\\xfe");
}

TEST_CASE("names in other scripts are shown as they are", "[text]")
{
    const std::string name = "\xCE\xB4\xCE\xBF\xCE\xBA\xCE\xB9\xCE\xBC\xCE\xAE_\xF0\x9F\x90\x8D";
    CHECK_THAT(shown(report_of(name)),
               test::contains("  File \"" + name + "\", line 1, in " + name + "\n"));
}

}  // namespace
}  // namespace pycore
