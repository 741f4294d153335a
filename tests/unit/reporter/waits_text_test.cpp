#include <csignal>
#include <sstream>

#include "format.hpp"
#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::WaitBuilder;

std::string shown(WaitBuilder& process, const Presentation& how = {})
{
    std::ostringstream out;
    find_format("text")->write(process.snapshot().report(), out, how);
    return out.str();
}

/// Two threads that wait for each other's lock, and one behind them.
WaitBuilder two_stuck()
{
    WaitBuilder process;
    for (std::size_t i = 0; i < 2; ++i) {
        process.thread(i == 0 ? "A" : "B");
        process.resource(ResourceKind::lock, i == 0 ? "x" : "y");
        process.owner(i, i, OwnerEvidence::with_block, "f (app.py:3)").evidence = "inside `with`";
    }
    process.waits(0, 1, "f (app.py:4)");
    process.waits(1, 0, "f (app.py:4)");
    process.waits(process.thread("C"), 0);
    return process;
}

TEST_CASE("a deadlock comes first", "[text]")
{
    WaitBuilder process = two_stuck();
    const std::string expected =
        "Deadlock of 2 threads: A holds x (with, app.py:3) and waits for y (app.py:4),\n"
        "  held by B (with, app.py:3), which waits for x (app.py:4)\n"
        "  - A waits for y (Lock) in f (app.py:4), held by B: inside `with`\n"
        "  - B waits for x (Lock) in f (app.py:4), held by A: inside `with`\n"
        "  - 1 more thread waits for these: C\n"
        "\n"
        "Python process 4711 (python3), alive";
    CHECK(shown(process).substr(0, expected.size()) == expected);
}

TEST_CASE("a crash is told before the deadlock", "[text]")
{
    WaitBuilder process = two_stuck();
    process.snapshot().segfault_at_null();
    const std::string text = shown(process);
    CHECK(text.find("SIGSEGV: ") == 0);
    CHECK(text.find("\n\nDeadlock of 2 threads: ") < text.find("\nPython process 4711"));
}

TEST_CASE("who was killed because it hung is told why it hung first", "[text]")
{
    WaitBuilder process = two_stuck();
    process.snapshot().segfault_at_null();
    SignalInfo& signal = process.snapshot().edit().crash->signal;
    signal = SignalInfo{.number = SIGABRT, .code = SI_USER, .sender_pid = 1};
    const std::string text = shown(process);
    CHECK(text.find("Deadlock of 2 threads: ") == 0);
    CHECK_THAT(text, test::contains("\nSIGABRT: sent by process 1"));
}

TEST_CASE("of deadlocks of one kind the advice is given once", "[text]")
{
    WaitBuilder process;
    for (std::size_t i = 0; i < 4; ++i) {
        process.owner(process.resource(ResourceKind::lock), process.thread("t"));
    }
    for (std::size_t i = 0; i < 4; ++i) {
        process.waits(i, i ^ 1U);
    }
    const std::string text = shown(process);
    const std::size_t first = text.find("Hint: 2 threads wait for each other's locks");
    CHECK(first != std::string::npos);
    CHECK(text.find("Hint: 2 threads", first + 1) == std::string::npos);
}

TEST_CASE("many edges, threads behind and deadlocks are counted", "[text]")
{
    WaitBuilder process;
    for (std::size_t i = 0; i < 100; ++i) {
        process.owner(process.resource(ResourceKind::lock), process.thread("t"));
    }
    for (std::size_t i = 0; i < 100; ++i) {
        process.waits(i, i < 40 ? (i + 1) % 40 : i);
    }
    const std::string text = shown(process);
    CHECK_THAT(text, test::contains("  - 29 more in this way\n"));
    CHECK_THAT(text, test::contains("\n51 more deadlocks\n\nPython process"));
}

TEST_CASE("each thread says what it does", "[text]")
{
    WaitBuilder process = two_stuck();
    const std::size_t reader = process.thread("reader");
    process.threads()[reader].activity = Activity::in_system_call;
    process.threads()[reader].system_call =
        SystemCall{.name = "read", .fd = 5, .path = "/tmp/\x1b[31m"};
    const std::size_t sleeper = process.thread("sleeper");
    process.threads()[sleeper].activity = Activity::sleeping;
    process.threads()[sleeper].system_call = SystemCall{.name = "nanosleep", .timeout = 2.5};
    const std::size_t runner = process.thread("runner");
    process.threads()[runner].gil = GilState::held;
    const std::size_t joiner = process.thread("joiner");
    process.waits(joiner, process.end_of(runner)).timeout = 3;
    const std::string text = shown(process);
    const auto says = [&](const std::string& name, const std::string& line) {
        CHECK_THAT(text, test::contains('"' + name + "\" (most recent call first):\n  " + line));
    };
    says("A", "waiting for y (Lock), held by B\n  holding x (Lock)\n  <no frame>");
    says("reader", "in read(fd 5 /tmp/\\x1b[31m)\n  <");
    says("sleeper", "sleeping, for 2.5 s\n  <");
    says("runner", "running Python code, with the GIL\n  <");
    says("joiner", "waiting for the end of runner, for 3 s\n  <");
}

TEST_CASE("what is only likely is said so", "[text]")
{
    WaitBuilder process;
    const std::size_t lock = process.resource(ResourceKind::lock, "x");
    process.owner(lock, process.thread("A"), OwnerEvidence::acquire_call);
    process.owner(lock, process.thread("B"), OwnerEvidence::reference);
    Wait& wait = process.waits(process.thread("C"), lock);
    wait.certain = false;
    wait.timed = true;
    const std::string text = shown(process);
    CHECK_THAT(text, test::contains("  waiting, as it seems, for x (Lock), perhaps held by A, "
                                    "with a time limit\n"));
    CHECK_THAT(text, test::contains("  holding perhaps x (Lock)\n"));
}

/// Threads that wait at the same line, the first of which is shown for itself.
WaitBuilder pool(int count)
{
    WaitBuilder process;
    const std::size_t queue = process.resource(ResourceKind::queue, "jobs");
    for (int i = 0; i < count; ++i) {
        const std::size_t thread = process.thread("w" + std::to_string(i));
        process.threads()[thread].stack = {frame(code("app.py", "work"), 7)};
        process.waits(thread, queue).idle = true;
    }
    return process;
}

TEST_CASE("threads that look the same are shown once", "[text]")
{
    WaitBuilder process = pool(5);
    const std::string text = shown(process);
    CHECK_THAT(text, test::contains("\"w0\" (most recent call first):\n"
                                    "  waiting for jobs (Queue), with nothing to do\n"
                                    "  File \"app.py\", line 7, in work\n"
                                    "\n"
                                    "Thread 101 \"w1\" (most recent call first):\n"
                                    "  waiting for jobs (Queue), with nothing to do\n"
                                    "  File \"app.py\", line 7, in work\n"
                                    "  [3 more threads like this: w2, w3, w4]\n"));
    CHECK(shown(process, {.all_locals = true}).find("like this") == std::string::npos);
}

TEST_CASE("frames that are guesses tell no threads apart", "[text]")
{
    WaitBuilder process = pool(3);
    NativeCall guess = test::native_call("left_over");
    guess.trust = Trust::scan;
    process.threads().back().stack.insert(process.threads().back().stack.begin(), guess);
    CHECK_THAT(shown(process), test::contains("[1 more thread like this: w2]\n"));
}

TEST_CASE("threads that differ in anything are shown apart", "[text]")
{
    WaitBuilder process = pool(4);
    auto& last = process.threads().back();
    SECTION("the line")
    {
        last.stack = {frame(code("app.py", "work"), 8)};
    }
    SECTION("a native frame")
    {
        last.stack.insert(last.stack.begin(), test::native_call("poll"));
    }
    SECTION("what they wait for")
    {
        last.wait->resource = process.resource(ResourceKind::queue, "other");
    }
    SECTION("what they hold")
    {
        process.owner(process.resource(ResourceKind::lock, "x"), 3);
    }
    SECTION("an exception")
    {
        last.exception.emplace().type = "ValueError";
    }
    SECTION("that a limit cut one")
    {
        last.stack_complete = false;
    }
    const std::string text = shown(process);
    CHECK_THAT(text, test::contains("[1 more thread like this: w2]\n"));
    CHECK_THAT(text, test::contains("\"w3\" (most recent"));
}

TEST_CASE("threads of a deadlock stand alone", "[text]")
{
    WaitBuilder process = two_stuck();
    for (Thread& thread : process.threads()) {
        thread.stack = {frame(code("app.py", "f"), 4)};
    }
    process.waits(process.thread("D"), 0);
    process.threads().back().stack = process.threads()[2].stack;
    const std::string text = shown(process);
    CHECK_THAT(text, test::contains("\"A\" (most recent"));
    CHECK_THAT(text, test::contains("\"B\" (most recent"));
    CHECK_THAT(text, test::contains("[1 more thread like this: D]\n"));
}

TEST_CASE("names of many threads are told by a few, and none reaches the terminal", "[text]")
{
    WaitBuilder process = pool(100);
    process.threads()[2].python_name = "\x1b[2J";
    const std::string text = shown(process);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK_THAT(text, test::contains("w51 and 48 more]\n"));
}

}  // namespace
}  // namespace pycore
