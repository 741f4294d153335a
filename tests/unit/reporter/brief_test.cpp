#include <algorithm>
#include <sstream>

#include "format.hpp"
#include "pycore/text.hpp"
#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::native_call;
using test::WaitBuilder;

std::string brief(const Report& report)
{
    std::ostringstream out;
    find_format("brief")->write(report, out, Presentation{});
    return out.str();
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// All there can be: deadlocks, a crash, a long mixed stack with an exception, hints, warnings.
Report everything()
{
    WaitBuilder process;
    std::vector<StackFrame> stack;
    for (int i = 0; i < 60; ++i) {
        stack.emplace_back(native_call("c" + std::to_string(i)));
    }
    for (int i = 0; i < 60; ++i) {
        const std::string name = "p" + std::to_string(i);
        stack.emplace_back(frame(code("app.py", name, name), i + 1));
    }
    for (std::size_t i = 0; i < 8; ++i) {
        process.owner(process.resource(ResourceKind::lock), process.thread("t"));
        process.waits(i, i ^ 1U);
    }
    process.snapshot().segfault_at_null();
    Snapshot& snapshot = process.snapshot().edit();
    snapshot.threads.front().crashed = true;
    snapshot.threads.front().stack = std::move(stack);
    snapshot.threads.front().exception = Exception{.type = "ValueError", .message = "a\x1b\nb"};
    snapshot.process.command_line = {"python3", std::string(5'000, 'x'), "\x1b]0;x\x07"};
    snapshot.gaps.resize(3);
    Report report = process.snapshot().report();
    report.hints.resize(20);
    report.signature = Signature{.text = "SIGSEGV | c0 | app.p0"};
    return report;
}

TEST_CASE("a brief report is shorter than 25 lines whatever there is to say", "[brief]")
{
    const std::string text = brief(everything());
    const auto lines = lines_of(text);
    CHECK(lines.size() < 25);
    // None of the kinds of lines is missing.
    for (const char* part :
         {"Deadlock of 2 threads", "2 more deadlocks", "SIGSEGV: ", "was killed by SIGSEGV",
          "command: python3", "core: ", "signature: SIGSEGV | c0", "Crashed thread", "  C c0",
          "more frames]", "  p0 (app.py:1)", "  p59 (app.py:60)", "handling ValueError: a",
          "hint: ", "18 more hints", "8 threads, 3 warnings"}) {
        INFO(part);
        CHECK_THAT(text, test::contains(part));
    }
}

TEST_CASE("no line of a brief report is too long for a log, or steers a terminal", "[brief]")
{
    const std::string text = brief(everything());
    for (const std::string& line : lines_of(text)) {
        CHECK(line.size() <= 410);
        CHECK(is_printable(line));
    }
}

TEST_CASE("short stacks are not cut in a brief report", "[brief]")
{
    test::SnapshotBuilder builder;
    builder.thread(
        4711, "MainThread",
        {frame(code("app.py", "work", "Job.work"), 12), frame(code("app.py", "<module>"), 30)});
    auto& stack = builder.edit().threads.front().stack;
    stack.insert(stack.begin(), native_call("memcpy"));
    CHECK(
        brief(builder.report()) ==
        "Python process 4711 (python3), alive when the core was taken (no signal); CPython 3.13.5\n"
        "core: core.4711 (1.0 MiB)\n"
        "signature: HANG | py:app.Job.work | py:app.<module>\n"
        "Thread 4711 \"MainThread\":\n"
        "  C memcpy\n"
        "  Job.work (app.py:12)\n"
        "  <module> (app.py:30)\n"
        "1 thread\n");
}

}  // namespace
}  // namespace pycore
