#include "threads/collect.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/heap_core.hpp"
#include "support/print.hpp"
#include "support/python_frames.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t pointer = 0x7e00'0000'1000;

Snapshot snapshot_of(PythonHeap& heap, const Limits& limits = {})
{
    CoreBuilder core = core_of(heap);
    core.signal({}).thread({.tid = 100, .thread_pointer = Address{pointer}});
    Options options;
    options.limits = limits;
    options.files.recorded_paths = false;
    return collect_snapshot(core.open(), "core.100", options);
}

/// A process with one thread that runs `main`.
Address fill(PythonHeap& heap)
{
    const Address runtime = heap.runtime();
    const Address interpreter = heap.interpreter(runtime, 0);
    const Address frame = heap.frame({.code = heap.code({.name = "main"}), .unit = 2});
    heap.thread_state(interpreter, {.frame = frame, .thread_id = pointer});
    return runtime;
}

bool has_gap(const Snapshot& snapshot, const std::string& code)
{
    return std::ranges::any_of(snapshot.gaps, [&](const Gap& gap) { return gap.code == code; });
}

TEST_CASE("a core without threads is told to have none", "[threads]")
{
    PythonHeap heap(*every_layout().front());
    fill(heap);
    Options options;
    options.files.recorded_paths = false;

    const Snapshot snapshot = collect_snapshot(core_of(heap).open(), "core", options);

    CHECK(has_gap(snapshot, "core-without-threads"));
}

TEST_CASE("an analysis that is cancelled has no report, and stops soon", "[threads]")
{
    PythonHeap heap(*every_layout().front());
    fill(heap);
    const CoreFile core = core_of(heap).open();
    Options options;
    options.files.recorded_paths = false;
    int asked = 0;
    options.cancelled = [&] { return ++asked > 1; };

    const auto report = analyze(core, "core", options);

    REQUIRE_FALSE(report);
    CHECK(report.fault().code == FaultCode::cancelled);
    CHECK(asked == 2);

    options.cancelled = [] { return false; };
    CHECK(analyze(core, "core", options));
}

TEST_CASE("a thread says which of its frames a limit left out", "[threads]")
{
    PythonHeap heap(*every_layout().front());
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    const Address code = heap.code({.name = "f"});
    Address frame;
    for (int i = 0; i < 9; ++i) {
        frame = heap.frame({.code = code, .previous = frame, .unit = 2});
    }
    heap.thread_state(interpreter, {.frame = frame, .thread_id = pointer});
    Limits limits;
    limits.max_frames = 4;

    const Snapshot snapshot = snapshot_of(heap, limits);

    REQUIRE(snapshot.threads.size() == 1);
    const Thread& thread = snapshot.threads[0];
    REQUIRE(thread.omitted);
    CHECK(thread.stack.size() == 4);
    CHECK(thread.omitted->before == 3);
    // Nine of Python, and the native one that was running.
    CHECK(thread.omitted->count + thread.stack.size() == 10);
    CHECK_FALSE(thread.stack_complete);
    REQUIRE(snapshot.limits.size() == 1);
    CHECK(snapshot.limits[0].limit == "max-frames");
}

TEST_CASE("a core without any ELF file becomes a snapshot", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = fill(heap);

    const Snapshot snapshot = snapshot_of(heap);

    CHECK(snapshot.python_found);
    CHECK(snapshot.python_supported);
    REQUIRE(snapshot.interpreters.size() == 1);
    CHECK(snapshot.interpreters[0].version.minor == layout.since.minor);
    CHECK(snapshot.interpreters[0].runtime == runtime);
    REQUIRE(snapshot.threads.size() == 1);
    CHECK(snapshot.threads[0].crashed);
    CHECK(snapshot.threads[0].python_thread_id == pointer);
    const auto frames = python_frames(snapshot.threads[0]);
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].code->name == "main");
    CHECK(frames[0].position.line == 3);
    CHECK(snapshot.limits.empty());
}

TEST_CASE("a process without Python is told as it is", "[threads]")
{
    PythonHeap heap(*every_layout().back());
    heap.allocate(4096);

    const Snapshot snapshot = snapshot_of(heap);

    CHECK_FALSE(snapshot.python_found);
    CHECK_FALSE(snapshot.python_supported);
    REQUIRE(snapshot.threads.size() == 1);
    CHECK(python_frames(snapshot.threads[0]).empty());
}

TEST_CASE("an analysis whose time is over says so and keeps the threads", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    fill(heap);
    Limits limits;
    limits.max_time = std::chrono::milliseconds(0);

    const Snapshot snapshot = snapshot_of(heap, limits);

    CHECK(snapshot.threads.size() == 1);
    REQUIRE(snapshot.limits.size() == 1);
    CHECK(snapshot.limits[0].limit == "time-limit");
}

TEST_CASE("a limit that cuts is told once", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = fill(heap);
    for (std::int64_t id = 1; id <= 3; ++id) {
        heap.thread_state(heap.interpreter(runtime, id), {});
    }
    Limits limits;
    limits.max_threads = 1;

    const Snapshot snapshot = snapshot_of(heap, limits);

    CHECK(snapshot.interpreters.size() == 4);
    REQUIRE(snapshot.limits.size() == 1);
    CHECK(snapshot.limits[0].limit == "max-threads");
    CHECK(snapshot.limits[0].value == 1);
}

TEST_CASE("frames of all threads beyond the limit are told", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    fill(heap);
    Limits limits;
    limits.max_total_frames = 0;

    const Snapshot snapshot = snapshot_of(heap, limits);

    CHECK_FALSE(snapshot.threads[0].stack_complete);
    REQUIRE(snapshot.limits.size() == 1);
    CHECK(snapshot.limits[0].limit == "max-total-frames");
}

TEST_CASE("a list of interpreters that breaks off is told, and what came before is kept",
          "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = fill(heap);
    const Address newest = heap.interpreter(runtime, 1);
    heap.set(newest, layout.interpreter.next, Address{0xdead'0000});

    const Snapshot snapshot = snapshot_of(heap);

    CHECK(snapshot.interpreters.size() == 1);
    CHECK(has_gap(snapshot, "list-cut"));
}

TEST_CASE("a version that was not measured is said to be extrapolated", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    if (set_of(layout)->refine != nullptr) {
        return;  // its version is in the debug offsets, not in `sys`
    }
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = fill(heap);
    const Address main =
        heap.memory()
            .read<Address>(Address{runtime.value + layout.runtime.interpreters_main.offset},
                           "runtime")
            .value();
    const std::uint64_t hex = 0x0300'63F0U | std::uint64_t{layout.since.minor} << 16;
    heap.set(main, layout.interpreter.sys_dict,
             heap.dict({{heap.text("hexversion"), heap.integer(hex)}}));

    CHECK(has_gap(snapshot_of(heap), "layout-extrapolated"));
}

}  // namespace
}  // namespace pycore::test
