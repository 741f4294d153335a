#include <algorithm>
#include <csignal>

#include "analysis/check.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::native_call;
using test::SnapshotBuilder;

constexpr std::string_view id = "busy-loop";

/// Of a living process: nothing killed it.
std::vector<Hint> hints_of(const Snapshot& snapshot)
{
    auto hints = find_hints({.snapshot = snapshot, .deadlocks = {}});
    std::erase_if(hints, [](const Hint& hint) { return hint.id != id; });
    return hints;
}

Snapshot with_thread(Activity activity, std::optional<Loop> loop)
{
    SnapshotBuilder builder;
    builder.thread(7, "spinner", {frame(code("/srv/app.py", "spin"), 12)});
    Thread& thread = builder.edit().threads.back();
    thread.activity = activity;
    thread.loop = std::move(loop);
    return builder.edit();
}

const Loop loop{.function = "spin", .file = "/srv/app.py", .first_line = 10, .last_line = 14};

TEST_CASE("a thread that runs in a loop is told with its lines", "[hints]")
{
    const auto hints = hints_of(with_thread(Activity::running_python, loop));

    REQUIRE(hints.size() == 1);
    CHECK(hints[0].severity == Severity::info);
    CHECK(hints[0].confidence == Confidence::low);
    CHECK(hints[0].threads == std::vector<std::int32_t>{7});
    CHECK(hints[0].evidence ==
          std::vector<std::string>{"spinner is in the loop of spin (app.py, lines 10 to 14)"});
}

TEST_CASE("of a thread in C code the function is told that is not CPython's own", "[hints]")
{
    Snapshot snapshot = with_thread(Activity::running_native, loop);
    snapshot.modules.push_back({.path = "/usr/bin/python3", .interpreter = true});
    snapshot.modules.push_back({.path = "/usr/lib/codec.so"});
    const std::vector<StackFrame> called{native_call("inner_step", 1), native_call("decode", 1),
                                         native_call("PyObject_Call", 0)};
    auto& stack = snapshot.threads.back().stack;
    stack.insert(stack.begin(), called.begin(), called.end());

    REQUIRE(hints_of(snapshot).size() == 1);
    CHECK(hints_of(snapshot)[0].evidence.front() ==
          "spinner is in the C function decode, called from the loop of spin "
          "(app.py, lines 10 to 14)");
}

TEST_CASE("who waits, sleeps or runs without a loop is not busy", "[hints]")
{
    CHECK(hints_of(with_thread(Activity::waiting, loop)).empty());
    CHECK(hints_of(with_thread(Activity::sleeping, loop)).empty());
    CHECK(hints_of(with_thread(Activity::running_python, std::nullopt)).empty());
}

TEST_CASE("a process that crashed by itself did not hang", "[hints]")
{
    SnapshotBuilder builder;
    builder.thread(7, "spinner", {frame(code("/srv/app.py", "spin"), 12)});
    Thread& thread = builder.edit().threads.back();
    thread.activity = Activity::running_python;
    thread.loop = loop;
    SECTION("by a fault")
    {
        builder.segfault_at_null();
    }
    SECTION("by abort()")
    {
        builder.crashed({.number = SIGABRT, .code = SI_TKILL, .sender_pid = 4711});
        Snapshot& snapshot = builder.edit();
        snapshot.process.pid = 4711;
        snapshot.crash->abort_message = "assertion failed";
        snapshot.threads.front().stack.insert(snapshot.threads.front().stack.begin(),
                                              native_call("abort"));
    }

    CHECK(hints_of(builder.edit()).empty());
}

}  // namespace
}  // namespace pycore
