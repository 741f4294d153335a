#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_stack_of.hpp"

namespace pycore::test {
namespace {

using Names = std::vector<std::string>;

/// A chain of `depth` frames f0, f1, … with f0 innermost; gives the innermost.
Address chain(PythonHeap& heap, std::size_t depth, Address outermost = {})
{
    Address previous = outermost;
    for (std::size_t i = depth; i-- > 0;) {
        const Address code = heap.code({.name = "f" + std::to_string(i)});
        previous = heap.frame({.code = code, .previous = previous});
    }
    return previous;
}

TEST_CASE("frames before an unreadable one are kept", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    const PythonStack stack = stack_of(heap, layout, chain(heap, 2, Address{0xdead'0000}));

    CHECK(names_in(stack) == Names{"f0", "f1"});
    CHECK(stack.stop == Stop::fault);
    CHECK(stack.broken);
    REQUIRE(stack.gaps.size() == 1);
    CHECK(stack.gaps[0].fault.code == FaultCode::unmapped);
}

TEST_CASE("a frame at an odd address is none", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address inner = heap.frame({.code = heap.code({.name = "f"})});
    heap.set(inner, layout.frame.previous, Address{inner.value + 4});

    const PythonStack stack = stack_of(heap, layout, inner);

    CHECK(names_in(stack) == Names{"f"});
    REQUIRE(stack.gaps.size() == 1);
    CHECK(stack.gaps[0].fault.code == FaultCode::bad_format);
}

TEST_CASE("an unreadable thread state has no frames and says so", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    const PythonStack stack =
        walk_python_stack(heap.memory(), layout, codes, Address{0xdead'0000}, limits, budget);

    CHECK(stack.broken);
    CHECK(stack.gaps.size() == 1);
}

TEST_CASE("frames that run in a circle are read once", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address outer = heap.frame({.code = heap.code({.name = "outer"})});
    const Address inner = heap.frame({.code = heap.code({.name = "inner"}), .previous = outer});
    heap.set(outer, layout.frame.previous, inner);

    const PythonStack stack = stack_of(heap, layout, inner);

    CHECK(stack.stop == Stop::cycle);
    CHECK(names_in(stack) == Names{"inner", "outer"});
}

TEST_CASE("a circle of more frames than the limit is noticed", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address outermost = heap.frame({.code = heap.code({.name = "outermost"})});
    const Address innermost = chain(heap, 50, outermost);
    heap.set(outermost, layout.frame.previous, innermost);
    Limits limits;
    limits.max_frames = 10;
    Budget budget(limits);

    const PythonStack stack = stack_of(heap, layout, innermost, limits, budget);

    CHECK(stack.stop == Stop::cycle);
    CHECK(limits.max_total_frames - budget.frames < 500);
}

TEST_CASE("a stack deeper than the limit keeps its innermost and outermost frames", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address innermost = chain(heap, 20, heap.has_shims() ? heap.shim({}) : Address{});
    Limits limits;
    // The end of the run of the eval loop counts as one.
    limits.max_frames = 5;

    const PythonStack stack = stack_of(heap, layout, innermost, limits);

    CHECK(stack.cut);
    CHECK(stack.stop == Stop::finished);
    CHECK(names_in(stack) == Names{"f0", "f1", "f2", "f19"});
    REQUIRE(stack.segments.front().omitted);
    CHECK(stack.segments.front().omitted->before == 3);
    CHECK(stack.segments.front().omitted->count == 16);
}

TEST_CASE("a stack just as deep as the limit is whole", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address innermost = chain(heap, 4, heap.has_shims() ? heap.shim({}) : Address{});
    Limits limits;
    limits.max_frames = 5;

    const PythonStack stack = stack_of(heap, layout, innermost, limits);

    CHECK_FALSE(stack.cut);
    CHECK(names_in(stack) == Names{"f0", "f1", "f2", "f3"});
}

TEST_CASE("the frames of all threads together are limited", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address innermost = chain(heap, 10);
    Limits limits;
    limits.max_total_frames = 13;
    Budget budget(limits);

    CHECK(names_in(stack_of(heap, layout, innermost, limits, budget)).size() == 10);
    const PythonStack second = stack_of(heap, layout, innermost, limits, budget);

    CHECK(names_in(second) == Names{"f0", "f1", "f2"});
    CHECK(second.stop == Stop::limit);
    CHECK(budget.frames == 0);
}

TEST_CASE("past a torn frame the walk goes on at the caller of the eval loop", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    PythonHeap heap(layout);
    if (!heap.has_cframes()) {
        return;
    }
    INFO(name_of(layout));
    const Address main = heap.frame({.code = heap.code({.name = "main"})});
    const Address torn =
        heap.frame({.code = heap.code({.name = "torn"}), .previous = Address{0xdead'0000}});
    const Address outer = heap.cframe(main, {});
    const Address inner = heap.cframe(torn, outer);

    const PythonStack stack = stack_of(heap, layout, {.frame = torn, .cframe = inner});

    CHECK(names_in(stack) == Names{"torn", "main"});
    CHECK(stack.stop == Stop::finished);
    CHECK(stack.broken);
}

TEST_CASE("_PyCFrames that run in a circle end", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    PythonHeap heap(layout);
    if (!heap.has_cframes()) {
        return;
    }
    INFO(name_of(layout));
    const Address main = heap.frame({.code = heap.code({.name = "main"})});
    const Address outer = heap.cframe(main, {});
    const Address inner = heap.cframe(main, outer);
    heap.set(outer, layout.cframe.previous, inner);

    const PythonStack stack = stack_of(heap, layout, {.frame = main, .cframe = inner});

    CHECK(names_in(stack) == Names{"main"});
}

}  // namespace
}  // namespace pycore::test
