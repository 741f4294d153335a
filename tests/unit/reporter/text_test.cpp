#include <sstream>

#include "format.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::native_call;
using test::SnapshotBuilder;

std::string shown(const SnapshotBuilder& builder, bool color = false)
{
    std::ostringstream out;
    find_format("text")->write(builder.report(), out, Presentation{.color = color});
    return out.str();
}

TEST_CASE("a crash reads like Python's own traceback, the crashed thread first", "[text]")
{
    SnapshotBuilder builder;
    builder
        .thread(
            4711, "MainThread",
            {frame(code("app.py", "work", "Job.work"), 12), frame(code("app.py", "<module>"), 30)})
        .segfault_at_null()
        .thread(4712, "worker",
                {frame(code("/usr/lib/python3.13/threading.py", "run", "Thread.run"), 994)});
    builder.edit().process.command_line = {"python3", "app.py"};

    CHECK(shown(builder) ==
          "SIGSEGV: the process accessed NULL, under Job.work (app.py:12) in thread\n"
          "  MainThread\n"
          "\n"
          "Python process 4711 (python3) was killed by SIGSEGV\n"
          "  signal      SEGV_MAPERR: address not mapped, at 0x0\n"
          "  thread      4711 \"MainThread\"\n"
          "  python      CPython 3.13.5\n"
          "  command     python3 app.py\n"
          "  core        core.4711 (1.0 MiB)\n"
          "  signature   SIGSEGV/null | py:app.Job.work | py:app.<module>\n"
          "\n"
          "Crashed thread 4711 \"MainThread\" (most recent call first):\n"
          "  File \"app.py\", line 12, in Job.work\n"
          "  File \"app.py\", line 30, in <module>\n"
          "\n"
          "Thread 4712 \"worker\" (most recent call first):\n"
          "  File \"/usr/lib/python3.13/threading.py\", line 994, in Thread.run\n");
}

TEST_CASE("the variables of the crashed thread are shown, of others when asked", "[text]")
{
    FrameVariables variables;
    variables.locals = {{.name = "job",
                         .value = {.text = "<app.Job object at 0x7f10>"},
                         .attributes = {{.name = "title", .value = {.text = "'\x1b[31m'"}}}},
                        {.name = "late", .bound = false},
                        {.name = "long", .value = {.text = std::string(159, '-') + "ä---"}}};
    PythonFrame job = frame(code("app.py", "work"), 12);
    job.variables = std::make_shared<const FrameVariables>(variables);
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {job})
        .segfault_at_null()
        .thread(4712, "worker",
                {test::with_local(frame(code("app.py", "wait"), 3), "number", "'5'")});

    CHECK_THAT(shown(builder), test::contains("in work\n"
                                              "      job = <app.Job object at 0x7f10>\n"
                                              "        .title = '\\x1b[31m'\n"
                                              "      late = [not bound]\n"
                                              "      long = " +
                                              std::string(159, '-') + " ...\n"));
    CHECK(shown(builder).find("number") == std::string::npos);
    std::ostringstream all;
    find_format("text")->write(builder.report(), all, Presentation{.all_locals = true});
    CHECK_THAT(all.str(), test::contains("in wait\n      number = '5'\n"));
}

TEST_CASE("source is shown below its frame, the columns where the process died", "[text]")
{
    PythonFrame with_source = frame(code("app.py", "work"), 12);
    with_source.source = std::make_shared<const SourceLine>(SourceLine{.text = "    work() + 1"});
    with_source.position.end_column = 10;
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {with_source}).segfault_at_null();
    builder.thread(2, "worker", {with_source});
    const std::string text = shown(builder);
    CHECK_THAT(text, test::contains("Crashed thread 1 \"MainThread\" (most recent call first):\n"
                                    "  File \"app.py\", line 12, in work\n"
                                    "    work() + 1\n"
                                    "    ^^^^^^\n"));
    CHECK_THAT(text, test::contains("Thread 2 \"worker\" (most recent call first):\n"
                                    "  File \"app.py\", line 12, in work\n"
                                    "    work() + 1\n"));
    CHECK(text.find('^') == text.rfind("^^^^^^"));
}

TEST_CASE("what Python imported is listed where it was asked for", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {frame(code("app.py", "f"), 1)});
    CHECK(shown(builder).find("Python modules") == std::string::npos);
    InterpreterModules modules;
    for (const char* const name : {"_io", "json", "sys"}) {
        modules.list.emplace_back().name = name;
    }
    modules.list[1].version = "2.0.9";
    builder.edit().interpreters[0].modules = modules;
    CHECK_THAT(shown(builder), test::contains("\nPython modules:\n  json 2.0.9, sys\n"));
}

TEST_CASE("the sender of a signal is named", "[text]")
{
    SignalInfo signal;
    signal.number = 6;
    signal.code = -6;
    signal.sender_pid = 4711;
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {}).crashed(signal);
    CHECK_THAT(shown(builder),
               test::contains("  signal      SI_TKILL: sent by tgkill, from itself\n"));
    builder.edit().crash->signal.sender_pid = 99;
    builder.edit().crash->signal.code = 0;
    CHECK_THAT(shown(builder),
               test::contains("  signal      SI_USER: sent by kill, from process 99\n"));
    builder.edit().crash->signal.code = 77;
    CHECK_THAT(shown(builder), test::contains("  signal      code 77, from process 99\n"));
}

TEST_CASE("the core of a living process is not called a crash", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {frame(code("app.py", "f"), 1)});
    const std::string text = shown(builder);
    CHECK_THAT(text,
               test::contains(
                   "Python process 4711 (python3), alive when the core was taken (no signal)\n"));
    CHECK_THAT(text, test::contains("\nThread 4711 \"MainThread\" (most recent call first):\n"));
    CHECK(text.find("rashed") == std::string::npos);
}

TEST_CASE("a process without CPython shows its kernel threads", "[text]")
{
    SnapshotBuilder builder;
    builder.without_python().native_thread(4711).native_frame(native_call("spin"));
    builder.segfault_at_null().native_thread(4712).native_frame(native_call("poll"));
    const std::string text = shown(builder);
    CHECK_THAT(text, test::contains("Process 4711 (python3) was killed by SIGSEGV"));
    CHECK_THAT(text, test::contains("  python      no CPython found in this process\n"));
    CHECK_THAT(text, test::contains("\nCrashed thread 4711 (most recent call first):\n"
                                    "  C    spin\n"
                                    "\nThread 4712 (most recent call first):\n"
                                    "  C    poll\n"));
}

TEST_CASE("threads that Python does not know are marked", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(4711, "MainThread", {frame(code("app.py", "f"), 1)}).native_thread(4712);
    CHECK_THAT(
        shown(builder),
        test::contains("in f\n\nThread 4712 (unknown to Python) (most recent call first):\n"));
}

TEST_CASE("native frames say what, where from and how certain", "[text]")
{
    SnapshotBuilder builder;
    builder.edit().modules.push_back({.path = "/usr/lib/libfoo.so.6", .range = {}});
    NativePlace place;
    place.function = "decode";
    place.module = 0;
    place.file = "/src/lib/decode.c";
    place.line = 12;
    NativeCall known{.place = std::make_shared<const NativePlace>(place),
                     .address = Address{0x10},
                     .trust = Trust::cfi};
    NativeCall unnamed = native_call("", 0);
    unnamed.trust = Trust::scan;
    NativeCall inlined = known;
    inlined.inlined = true;
    NativeCall nowhere = native_call("");
    nowhere.address = Address{};
    nowhere.executable = false;
    nowhere.trust = Trust::context;
    NativeCall handler = native_call("__restore_rt", 0);
    handler.signal_frame = true;
    builder.thread(1, "MainThread", {});
    for (const NativeCall& call : {unnamed, known, inlined, nowhere, handler}) {
        builder.native_frame(call);
    }
    CHECK_THAT(shown(builder),
               test::contains("  C    <a signal handler was called>\n"
                              "  C    0x0  [no code is there]\n"
                              "  C    decode (decode.c:12, inlined) in libfoo.so.6\n"
                              "  C    decode (decode.c:12) in libfoo.so.6\n"
                              "  C    libfoo.so.6+0x1230  [a guess]\n"));
}

TEST_CASE("recursion is folded as Python folds it", "[text]")
{
    const auto shared = code("app.py", "fib");
    SnapshotBuilder builder;
    std::vector<PythonFrame> stack(1'000, frame(shared, 3));
    stack.push_back(frame(shared, 9));
    stack.insert(stack.end(), 4, frame(code("app.py", "main"), 12));
    builder.thread(1, "MainThread", std::move(stack));
    CHECK_THAT(shown(builder), test::contains("(most recent call first):\n"
                                              "  File \"app.py\", line 3, in fib\n"
                                              "  File \"app.py\", line 3, in fib\n"
                                              "  File \"app.py\", line 3, in fib\n"
                                              "  [Previous line repeated 997 more times]\n"
                                              "  File \"app.py\", line 9, in fib\n"
                                              "  File \"app.py\", line 12, in main\n"
                                              "  File \"app.py\", line 12, in main\n"
                                              "  File \"app.py\", line 12, in main\n"
                                              "  [Previous line repeated 1 more time]\n"));
}

TEST_CASE("recursion through several functions is folded, the rest of a round stays", "[text]")
{
    const auto get = code("app.py", "__getattr__");
    const auto load = code("app.py", "load");
    SnapshotBuilder builder;
    std::vector<PythonFrame> stack{frame(load, 7)};
    for (int i = 0; i < 500; ++i) {
        stack.push_back(frame(get, 3));
        stack.push_back(frame(load, 8));
    }
    stack.push_back(frame(get, 3));
    stack.push_back(frame(code("app.py", "<module>"), 20));
    builder.thread(1, "MainThread", std::move(stack));
    CHECK_THAT(shown(builder), test::contains("in load\n"
                                              "  File \"app.py\", line 3, in __getattr__\n"
                                              "  File \"app.py\", line 8, in load\n"
                                              "  File \"app.py\", line 3, in __getattr__\n"
                                              "  File \"app.py\", line 8, in load\n"
                                              "  File \"app.py\", line 3, in __getattr__\n"
                                              "  File \"app.py\", line 8, in load\n"
                                              "  [Previous 2 lines repeated 497 more times]\n"
                                              "  File \"app.py\", line 3, in __getattr__\n"
                                              "  File \"app.py\", line 20, in <module>\n"));
}

TEST_CASE("three rounds of the same lines are shown as they are", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", std::vector<PythonFrame>(3, frame(code("app.py", "f"), 1)));
    CHECK(shown(builder).find("repeated") == std::string::npos);
}

TEST_CASE("frames left out by a limit are counted where they were", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread",
                   {frame(code("app.py", "in"), 1), frame(code("app.py", "out"), 2)});
    builder.edit().threads[0].omitted = OmittedFrames{.before = 1, .count = 500};
    builder.edit().threads[0].stack_complete = false;
    builder.edit().limits.push_back(
        LimitHit{.limit = "max-frames", .value = 2, .where = "thread 1"});
    const std::string text = shown(builder);
    CHECK_THAT(
        text,
        test::contains(
            "in in\n  [500 frames left out by a limit]\n  File \"app.py\", line 2, in out\n"));
    CHECK_THAT(text,
               test::contains("\nLimits that cut this report:\n  --max-frames 2: thread 1\n"));
    CHECK_THAT(text, test::contains("\nThis report is partial: "));
}

TEST_CASE("what is unknown is shown as such", "[text]")
{
    PythonFrame unknown;
    unknown.code = std::make_shared<const PythonCode>();
    SnapshotBuilder builder;
    builder.thread(1, "a", {unknown}).thread(2, "b", {});
    builder.edit().threads[0].stack_complete = false;
    builder.edit().threads[1].tid.reset();
    const std::string text = shown(builder);
    CHECK_THAT(text, test::contains("  File \"???\", line ???, in ???\n"
                                    "  [this stack is not complete: see below]\n"));
    CHECK_THAT(text, test::contains(
                         "Thread that has ended \"b\" (most recent call first):\n  <no frame>\n"));
}

TEST_CASE("threads name their interpreter when there are several", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {}).interpreter(4).thread(1, "MainThread", {});
    const std::string text = shown(builder);
    CHECK_THAT(text, test::contains("CPython 3.13.5, 2 interpreters\n"));
    CHECK_THAT(text, test::contains("Thread 1 \"MainThread\", interpreter 0 (most"));
    CHECK_THAT(text, test::contains("Thread 1 \"MainThread\", interpreter 4 (most"));
}

TEST_CASE("warnings come last and say where", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {}).gap("frame-unreadable", "frame: not_saved");
    builder.edit().gaps[0].address = Address{0x7f10};
    builder.edit().gaps[0].thread = 4712;
    CHECK_THAT(shown(builder),
               test::contains("<no frame>\n"
                              "\nWarnings:\n"
                              "  frame-unreadable: frame: not_saved (thread 4712 at 0x7f10)\n"
                              "\nThis report is partial: not everything could be read.\n"));
}

TEST_CASE("what was lost is told before remarks, in lines of a terminal's width", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {});
    builder.gap("module-build-id-mismatch",
                std::string(60, 'a') + " is not " + std::string(60, 'b'));
    builder.edit().gaps[0].data_lost = false;
    builder.gap("frame-unreadable", "lost");
    CHECK_THAT(shown(builder), test::contains("\nWarnings:\n"
                                              "  frame-unreadable: lost\n"
                                              "  module-build-id-mismatch:\n"
                                              "      " +
                                              std::string(60, 'a') +
                                              " is not\n"
                                              "      " +
                                              std::string(60, 'b') + "\n"));
}

TEST_CASE("color changes nothing but the color", "[text]")
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {frame(code("app.py", "f"), 1)})
        .segfault_at_null()
        .gap("a", "b");
    const std::string colored = shown(builder, true);
    std::string stripped;
    for (std::size_t at = 0; at < colored.size(); ++at) {
        if (colored[at] == '\x1b') {
            at = colored.find('m', at);
            continue;
        }
        stripped += colored[at];
    }
    CHECK(colored.size() > stripped.size());
    CHECK(stripped == shown(builder, false));
}

}  // namespace
}  // namespace pycore
