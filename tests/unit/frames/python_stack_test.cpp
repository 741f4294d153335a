#include "frames/python_stack.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_stack_of.hpp"

namespace pycore::test {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("the frames of a thread state are read, innermost first", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address main = heap.frame(
        {.code = heap.code({.name = "main", .first_line = 10}), .previous = {}, .unit = 3});
    const Address work = heap.frame(
        {.code = heap.code({.name = "work", .first_line = 50}), .previous = main, .unit = 1});

    const PythonStack stack = stack_of(heap, layout, work);

    CHECK(stack.stop == Stop::finished);
    CHECK(names_in(stack) == Names{"work", "main"});
    const auto frames = frames_in(stack);
    CHECK(frames[0].address == work);
    CHECK(frames[0].position.line == 51);
    CHECK(frames[1].position.line == 13);
}

TEST_CASE("a thread state that runs no Python has no frames", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    const PythonStack stack = stack_of(heap, layout, Address{});

    CHECK(stack.stop == Stop::finished);
    CHECK(names_in(stack).empty());
    CHECK_FALSE(stack.broken);
}

TEST_CASE("a shim ends the run of an eval loop and is not shown", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    PythonHeap heap(layout);
    if (!heap.has_shims()) {
        return;
    }
    INFO(name_of(layout));
    const Address outer_shim = heap.shim({});
    const Address main = heap.frame({.code = heap.code({.name = "main"}), .previous = outer_shim});
    const Address inner_shim = heap.shim(main);
    const Address callback =
        heap.frame({.code = heap.code({.name = "callback"}), .previous = inner_shim});

    const PythonStack stack = stack_of(heap, layout, callback);

    CHECK(names_in(stack) == Names{"callback", "main"});
    REQUIRE(stack.segments.size() == 2);
    CHECK(stack.segments[0].c_stack == inner_shim);
    CHECK(stack.segments[1].c_stack == outer_shim);
    CHECK(frames_in(stack)[0].entry);
    CHECK(frames_in(stack)[1].entry);
}

TEST_CASE("without shims a _PyCFrame ends the run of an eval loop", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    PythonHeap heap(layout);
    if (heap.has_shims()) {
        return;
    }
    INFO(name_of(layout));
    const Address main = heap.frame({.code = heap.code({.name = "main"})});
    const Address helper = heap.frame({.code = heap.code({.name = "helper"}), .previous = main});
    const Address callback =
        heap.frame({.code = heap.code({.name = "callback"}), .previous = helper});
    const Address outer = heap.cframe(helper, {});
    const Address inner = heap.cframe(callback, outer);

    const PythonStack stack = stack_of(heap, layout, {.frame = callback, .cframe = inner});

    REQUIRE(stack.segments.size() == 2);
    CHECK(stack.segments[0].c_stack == inner);
    CHECK(stack.segments[0].frames.size() == 1);
    CHECK(stack.segments[1].c_stack == outer);
    CHECK(stack.segments[1].frames.size() == 2);
    CHECK(frames_in(stack)[0].entry);
    CHECK_FALSE(frames_in(stack)[1].entry);
    CHECK(frames_in(stack)[2].entry);
}

TEST_CASE("a frame that has not reached its first traceable instruction is hidden", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address main = heap.frame({.code = heap.code({.name = "main"})});
    const Address code = heap.code({.name = "starting", .first_traceable = 3});

    CHECK(
        names_in(stack_of(heap, layout, heap.frame({.code = code, .previous = main, .unit = 2}))) ==
        Names{"main"});
    CHECK(names_in(
              stack_of(heap, layout, heap.frame({.code = code, .previous = main, .unit = -1}))) ==
          Names{"main"});
    CHECK(
        names_in(stack_of(heap, layout, heap.frame({.code = code, .previous = main, .unit = 3}))) ==
        Names{"starting", "main"});
}

TEST_CASE("a frame of a generator is never incomplete", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address generator =
        heap.frame({.code = heap.code({.name = "produce", .first_traceable = 3}),
                    .unit = 1,
                    .owner = layout.frame.owner_generator});

    CHECK(names_in(stack_of(heap, layout, generator)) == Names{"produce"});
}

TEST_CASE("a frame whose code is constant data is CPython's own and hidden", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address main = heap.frame({.code = heap.code({.name = "main"})});
    const Address helper = heap.code({.name = "helper"});
    const Address inner = heap.frame({.code = helper, .previous = main});
    const Address state = heap.thread_state(heap.interpreter(heap.runtime(), 0), {.frame = inner});
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget,
                    [=](Address at) { return at == helper; });

    const auto stack = walk_python_stack(heap.memory(), layout, codes, state, limits, budget);

    CHECK(names_in(stack) == Names{"main"});
}

TEST_CASE("a tagged reference to a code object is followed", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    if (layout.frame.tag_mask == 0) {
        return;
    }
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address code = heap.code({.name = "main"});
    const Address frame = heap.frame({.code = code});
    heap.set(frame, layout.frame.code, Address{code.value | 1});

    CHECK(names_in(stack_of(heap, layout, frame)) == Names{"main"});
}

TEST_CASE("a frame with an unreadable code object has no name but keeps its caller", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address main = heap.frame({.code = heap.code({.name = "main"})});
    const Address nameless = heap.frame({.code = Address{0xdead'0000}, .previous = main});

    const PythonStack stack = stack_of(heap, layout, nameless);

    CHECK(names_in(stack) == Names{"", "main"});
    REQUIRE(stack.gaps.size() == 1);
    CHECK(stack.gaps[0].frame == nameless);
    CHECK_FALSE(stack.broken);
}

TEST_CASE("an unreadable code object is told once, not once a frame", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address outer = heap.frame({.code = Address{0xdead'0000}});
    const Address inner = heap.frame({.code = Address{0xdead'0000}, .previous = outer});

    const PythonStack stack = stack_of(heap, layout, inner);

    CHECK(names_in(stack).size() == 2);
    CHECK(stack.gaps.size() == 1);
}

TEST_CASE("an instruction pointer outside the code costs the line, not the frame", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    const std::int64_t unit = GENERATE(as<std::int64_t>{}, 8, -2, 1'000'000);
    PythonHeap heap(layout);
    const Address frame =
        heap.frame({.code = heap.code({.name = "main", .units = 8}), .unit = unit});

    const PythonStack stack = stack_of(heap, layout, frame);

    CHECK(names_in(stack) == Names{"main"});
    CHECK(frames_in(stack)[0].position == SourcePosition{});
    REQUIRE(stack.gaps.size() == 1);
    CHECK(stack.gaps[0].fault.what == Label("instruction pointer"));
}

TEST_CASE("an instruction pointer between two units has no line", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address code = heap.code({.name = "main"});
    const Address frame = heap.frame({.code = code});
    heap.set(frame, layout.frame.instruction,
             Address{code.value + layout.code.bytecode.offset + 3});

    CHECK(frames_in(stack_of(heap, layout, frame))[0].position == SourcePosition{});
}

}  // namespace
}  // namespace pycore::test
