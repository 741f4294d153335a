#include "threads/join_threads.hpp"

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

constexpr Address stack{0x7f10'0000};
constexpr std::uint64_t stack_bytes = 0x1'0000;
constexpr Address pointer{0x7f00'1000};

Address on_stack(std::uint64_t offset)
{
    return Address{stack.value + offset};
}

StackSegment segment(const std::string& name, Address c_stack)
{
    PythonCode code;
    code.name = name;
    return {.frames = {PythonFrame{
                .code = std::make_shared<const PythonCode>(code), .position = {}, .address = {}}},
            .c_stack = c_stack};
}

ThreadStateStack state(std::vector<StackSegment> segments, std::uint64_t ident, std::size_t owner)
{
    ThreadStateStack entry{.state = {.at = Address{1}, .thread_id = ident},
                           .interpreter = owner,
                           .stack = {},
                           .name = "state " + std::to_string(owner)};
    entry.stack.segments = std::move(segments);
    return entry;
}

CoreFile one_thread()
{
    return CoreBuilder()
        .not_saved(stack, stack_bytes)
        .thread({.tid = 100, .sp = on_stack(0x1000), .thread_pointer = pointer})
        .open();
}

std::vector<JoinedThread> join(const CoreFile& core, std::vector<ThreadStateStack> states)
{
    PythonProcess python;
    python.states = std::move(states);
    const Limits limits;
    GapList gaps(limits);
    return join_threads(core, python, limits, gaps);
}

std::vector<std::string> names_in(const JoinedThread& joined)
{
    std::vector<std::string> names;
    for (const StackSegment& one : joined.segments) {
        for (const PythonFrame& frame : one.frames) {
            names.push_back(frame.code->name);
        }
    }
    return names;
}

using Names = std::vector<std::string>;

TEST_CASE("a thread state's stack goes to its thread", "[threads]")
{
    const auto threads =
        join(one_thread(), {state({segment("main", on_stack(0x9000))}, pointer.value, 0)});

    REQUIRE(threads.size() == 1);
    CHECK(threads[0].thread.tid == 100);
    CHECK(threads[0].thread.python_thread_id == pointer.value);
    CHECK(threads[0].thread.python_name == "state 0");
    CHECK(threads[0].thread.interpreter == 0U);
    CHECK(names_in(threads[0]) == Names{"main"});
}

TEST_CASE("the stacks of two interpreters on one thread are put in the order of its C stack",
          "[threads]")
{
    // Main calls into the sub-interpreter, which calls back into main.
    const auto threads =
        join(one_thread(),
             {state({segment("callback", on_stack(0x2000)), segment("main", on_stack(0x9000))},
                    pointer.value, 0),
              state({segment("sub", on_stack(0x5000))}, 0xBAD, 1)});

    REQUIRE(threads.size() == 1);
    CHECK(names_in(threads[0]) == Names{"callback", "sub", "main"});
    CHECK(threads[0].thread.interpreter == 0U);
}

TEST_CASE("the innermost interpreter is the thread's, its ident the one it was born with",
          "[threads]")
{
    const auto threads =
        join(one_thread(), {state({segment("main", on_stack(0x9000))}, pointer.value, 0),
                            state({segment("sub", on_stack(0x5000))}, 0xBAD, 1)});

    CHECK(threads[0].thread.interpreter == 1U);
    CHECK(threads[0].thread.python_thread_id == pointer.value);
    CHECK(threads[0].thread.python_name == "state 0");
}

TEST_CASE("a thread has the name that the interpreter which started it gave", "[threads]")
{
    const auto threads =
        join(one_thread(), {state({segment("sub", on_stack(0x5000))}, pointer.value, 1),
                            state({segment("main", on_stack(0x9000))}, pointer.value, 0)});

    CHECK(threads[0].thread.interpreter == 1U);
    CHECK(threads[0].thread.python_name == "state 0");
}

TEST_CASE("a segment whose place is not known follows the one before it", "[threads]")
{
    const auto threads = join(
        one_thread(),
        {state({segment("inner", on_stack(0x2000)), segment("rest", Address{})}, pointer.value, 0),
         state({segment("sub", on_stack(0x5000))}, 0xBAD, 1)});

    CHECK(names_in(threads[0]) == Names{"inner", "rest", "sub"});
}

TEST_CASE("a stack whose place is not known comes after the known ones", "[threads]")
{
    const auto threads =
        join(one_thread(), {state({segment("somewhere", Address{})}, pointer.value, 0),
                            state({segment("sub", on_stack(0x5000))}, 0xBAD, 1)});

    CHECK(names_in(threads[0]) == Names{"sub", "somewhere"});
    CHECK(threads[0].thread.interpreter == 1U);
}

TEST_CASE("a kernel thread without Python is kept", "[threads]")
{
    const auto threads = join(one_thread(), {});

    REQUIRE(threads.size() == 1);
    CHECK(threads[0].thread.tid == 100);
    CHECK(threads[0].thread.registers->sp == on_stack(0x1000));
    CHECK_FALSE(threads[0].thread.python_thread_id);
    CHECK_FALSE(threads[0].thread.interpreter);
}

TEST_CASE("a thread state without a thread is kept when it has frames", "[threads]")
{
    const auto threads =
        join(one_thread(), {state({segment("lost", Address{})}, 0xBAD, 0), state({}, 0xBAD2, 0)});

    REQUIRE(threads.size() == 2);
    CHECK_FALSE(threads[1].thread.tid);
    CHECK(names_in(threads[1]) == Names{"lost"});
}

TEST_CASE("the crashed thread comes first, the others by their ids", "[threads]")
{
    const CoreFile core =
        CoreBuilder().signal({}).thread({.tid = 30}).thread({.tid = 20}).thread({.tid = 10}).open();

    const auto threads = join(core, {});

    REQUIRE(threads.size() == 3);
    CHECK(threads[0].thread.tid == 30);
    CHECK(threads[0].thread.crashed);
    CHECK(threads[1].thread.tid == 10);
    CHECK_FALSE(threads[1].thread.crashed);
    CHECK(threads[2].thread.tid == 20);
}

TEST_CASE("no thread of a living process has crashed", "[threads]")
{
    const auto threads = join(CoreBuilder().thread({.tid = 30}).thread({.tid = 20}).open(), {});

    CHECK(threads[0].thread.tid == 20);
    CHECK_FALSE(threads[0].thread.crashed);
    CHECK_FALSE(threads[1].thread.crashed);
}

TEST_CASE("a stack that is not whole makes its thread's not whole", "[threads]")
{
    auto cut = state({segment("main", on_stack(0x9000))}, pointer.value, 0);
    cut.stack.cut = true;
    PythonProcess python;
    python.states.push_back(std::move(cut));
    const Limits limits;
    GapList gaps(limits);

    const auto threads = join_threads(one_thread(), python, limits, gaps);

    CHECK_FALSE(threads[0].thread.stack_complete);
    REQUIRE(python.limits.size() == 1);
    CHECK(python.limits[0].limit == "max-frames");
    CHECK(python.limits[0].where == "thread 100");
}

TEST_CASE("what is missing of a stack becomes gaps of its thread", "[threads]")
{
    auto torn = state({segment("main", on_stack(0x9000))}, pointer.value, 0);
    torn.stack.gaps.push_back({Address{0x10}, Fault{FaultCode::unmapped, 0x10, "frame"}});
    torn.stack.stop = Stop::cycle;
    PythonProcess python;
    python.states.push_back(std::move(torn));
    const Limits limits;
    GapList gaps(limits);

    const auto threads = join_threads(one_thread(), python, limits, gaps);

    Snapshot snapshot;
    gaps.move_to(snapshot);
    CHECK_FALSE(threads[0].thread.stack_complete);
    REQUIRE(snapshot.gaps.size() == 2);
    CHECK(snapshot.gaps[0].code == "frame-unreadable");
    CHECK(snapshot.gaps[0].thread == 100);
    CHECK(snapshot.gaps[1].code == "stack-cycle");
}

}  // namespace
}  // namespace pycore::test
