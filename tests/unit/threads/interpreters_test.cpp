#include "threads/interpreters.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

Walk<InterpreterState> interpreters(PythonHeap& heap,
                                    const Layout& layout,
                                    Address runtime,
                                    const Limits& limits = {})
{
    Budget budget(limits);
    return walk_interpreters(heap.memory(), layout, runtime, limits, budget);
}

Walk<ThreadState> thread_states(PythonHeap& heap,
                                const Layout& layout,
                                Address interpreter,
                                const Limits& limits = {})
{
    Budget budget(limits);
    return walk_thread_states(heap.memory(), layout, interpreter, budget);
}

TEST_CASE("the interpreters of a runtime are read, newest first", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    const Address main = heap.interpreter(runtime, 0);
    const Address other = heap.interpreter(runtime, 7);
    heap.set(other, layout.interpreter.finalizing, std::int32_t{1});
    heap.set(other, layout.interpreter.gc_collecting, std::int32_t{1});

    const auto walk = interpreters(heap, layout, runtime);

    CHECK(walk.stop == Stop::finished);
    REQUIRE(walk.items.size() == 2);
    CHECK(walk.items[0].at == other);
    CHECK(walk.items[0].id == 7);
    CHECK(walk.items[0].finalizing);
    CHECK(walk.items[0].gc_running == true);
    CHECK(walk.items[1].at == main);
    CHECK_FALSE(walk.items[1].finalizing);
    CHECK(walk.items[1].gc_running == false);
}

TEST_CASE("interpreters that run in a circle are read once", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    const Address main = heap.interpreter(runtime, 0);
    heap.set(main, layout.interpreter.next, heap.interpreter(runtime, 1));

    const auto walk = interpreters(heap, layout, runtime);

    CHECK(walk.stop == Stop::cycle);
    CHECK(walk.items.size() == 2);
}

TEST_CASE("an interpreter of another runtime ends the list", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    const Address main = heap.interpreter(runtime, 0);
    const Address other = heap.interpreter(runtime, 1);
    heap.set(main, layout.interpreter.runtime, other);

    const auto walk = interpreters(heap, layout, runtime);

    CHECK(walk.stop == Stop::fault);
    CHECK(walk.fault == Fault{FaultCode::bad_format, main.value, "interpreter state"});
    CHECK(walk.items.size() == 1);
}

TEST_CASE("no more interpreters are read than the limit", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    heap.interpreter(runtime, 0);
    heap.interpreter(runtime, 1);
    Limits limits;

    limits.max_interpreters = 2;
    CHECK(interpreters(heap, layout, runtime, limits).stop == Stop::finished);
    limits.max_interpreters = 1;
    CHECK(interpreters(heap, layout, runtime, limits).stop == Stop::limit);
    CHECK(interpreters(heap, layout, runtime, limits).items.size() == 1);
}

TEST_CASE("the thread states of an interpreter are read, newest first", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    const Address first =
        heap.thread_state(interpreter, {.thread_id = 0x7f01, .native_thread_id = 11});
    const Address second =
        heap.thread_state(interpreter, {.thread_id = 0x7f02, .native_thread_id = 12});

    const auto walk = thread_states(heap, layout, interpreter);

    CHECK(walk.stop == Stop::finished);
    REQUIRE(walk.items.size() == 2);
    CHECK(walk.items[0].at == second);
    CHECK(walk.items[0].thread_id == 0x7f02);
    CHECK(walk.items[0].native_thread_id == 12);
    CHECK(walk.items[1].at == first);
}

TEST_CASE("a thread state of another interpreter ends the list", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    const Address foreign = heap.thread_state(interpreter, {});
    heap.thread_state(interpreter, {});
    heap.set(foreign, layout.thread.interpreter, foreign);

    const auto walk = thread_states(heap, layout, interpreter);

    CHECK(walk.items.size() == 1);
    CHECK(walk.fault == Fault{FaultCode::bad_format, foreign.value, "thread state"});
}

TEST_CASE("thread states that run in a circle are read once", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    const Address state = heap.thread_state(interpreter, {});
    heap.set(state, layout.thread.next, state);

    const auto walk = thread_states(heap, layout, interpreter);

    CHECK(walk.stop == Stop::cycle);
    CHECK(walk.items.size() == 1);
}

TEST_CASE("the thread states of all interpreters together are limited", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    const Address main = heap.interpreter(runtime, 0);
    heap.thread_state(main, {});
    heap.thread_state(main, {});
    Limits limits;
    limits.max_threads = 3;
    Budget budget(limits);

    CHECK(walk_thread_states(heap.memory(), layout, main, budget).stop == Stop::finished);
    const auto second = walk_thread_states(heap.memory(), layout, main, budget);

    CHECK(second.stop == Stop::limit);
    CHECK(second.items.size() == 1);
}

TEST_CASE("once the time is over no interpreter and no thread state is read", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    const Address main = heap.interpreter(runtime, 0);
    heap.thread_state(main, {});
    Limits limits;
    limits.max_time = std::chrono::milliseconds(0);

    CHECK(interpreters(heap, layout, runtime, limits).items.empty());
    CHECK(thread_states(heap, layout, main, limits).items.empty());
}

}  // namespace
}  // namespace pycore::test
