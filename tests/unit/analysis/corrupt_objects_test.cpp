#include "analysis/check.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::SnapshotBuilder;
using test::with_local;

PythonFrame with_corrupt(const std::string& text)
{
    PythonFrame made =
        with_local(frame(code("/srv/app.py", "work", "Job.work"), 12), "buffer", text);
    FrameVariables variables = *made.variables;
    variables.locals[0].value.corrupt = true;
    made.variables = std::make_shared<const FrameVariables>(variables);
    return made;
}

std::vector<Hint> hints_of(const Snapshot& snapshot)
{
    return find_hints({.snapshot = snapshot, .deadlocks = {}});
}

TEST_CASE("an object that cannot be one gives a hint with its place", "[hints]")
{
    const auto hints = hints_of(
        SnapshotBuilder()
            .thread(1, "MainThread",
                    {with_corrupt("[1, <corrupt: freed object at 0x7f10>]"), with_corrupt("?")})
            .thread(2, "other", {with_local(frame(code("a.py", "f"), 1), "x", "'<corrupt: x>'")})
            .edit());

    REQUIRE(hints.size() == 1);
    CHECK(hints[0].id == "corrupt-objects");
    CHECK(hints[0].threads == std::vector<std::int32_t>{1});
    CHECK(hints[0].title == "2 variables refer to what is no living object");
    CHECK(hints[0].evidence.front() ==
          "buffer in Job.work (app.py:12): <corrupt: freed object at 0x7f10>");
}

TEST_CASE("a sound process gives no hint", "[hints]")
{
    CHECK(hints_of(SnapshotBuilder()
                       .thread(1, "a", {with_local(frame(code("a.py", "f"), 1), "x", "1")})
                       .edit())
              .empty());
}

TEST_CASE("a thousand corrupt objects are counted, a few are shown", "[hints]")
{
    const std::vector<PythonFrame> stack(1'000, with_corrupt("<corrupt: null pointer at 0x0>"));
    const auto hints = hints_of(SnapshotBuilder().thread(1, "a", stack).edit());
    REQUIRE(hints.size() == 1);
    CHECK(hints[0].evidence.size() == 10);
    CHECK_THAT(hints[0].title, test::contains("1000 variables"));
}

}  // namespace
}  // namespace pycore
