#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_stack_of.hpp"

// A hostile core is small and has many walks share its data: what one thread, one frame or one
// code object may cost must not be had again by each.
namespace pycore::test {
namespace {

TEST_CASE("a long name that many code objects share is kept a few times only", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address first = heap.code({.name = "f", .qualified_name = "", .file = "", .units = 1});
    const Address second = heap.code({.name = "f", .qualified_name = "", .file = "", .units = 1});
    const Address name = heap.text(std::string(100, 'x'));
    heap.set(first, layout.code.name, name);
    heap.set(second, layout.code.name, name);
    const Limits limits;
    Budget budget(limits);
    budget.code_bytes = 150;
    CodeCache codes(heap.memory(), layout, limits, budget);

    CHECK(codes.find(first).description->name.size() == 100);
    CHECK(codes.find(second).description->name.empty());
    CHECK(codes.find(second).fault->code == FaultCode::limit_reached);
    CHECK(codes.position(codes.find(second), 0).line == 1);
}

TEST_CASE("a name that is too long to keep is not even read", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address code = heap.code({.name = "f", .qualified_name = "", .file = ""});
    const Address name = heap.text("xxxx");
    heap.set(name, layout.text.length, std::int64_t{1000});  // more than is there
    heap.set(code, layout.code.name, name);
    const Limits limits;
    Budget budget(limits);
    budget.code_bytes = 999;
    CodeCache codes(heap.memory(), layout, limits, budget);

    CHECK(codes.find(code).fault->code == FaultCode::limit_reached);
}

TEST_CASE("location tables are kept within the same budget as names", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address code = heap.code({.name = "f", .units = 100});
    const Limits limits;
    Budget budget(limits);
    budget.code_bytes = 150;
    CodeCache codes(heap.memory(), layout, limits, budget);

    CHECK(codes.find(code).line_table.empty());
    CHECK(codes.find(code).description->name == "f");
}

TEST_CASE("a large location table is not walked once for each of its units", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code({.units = 100});
    const Limits limits;
    Budget budget(limits);
    budget.table_bytes_walked = 500;  // the table has 200 bytes
    CodeCache codes(heap.memory(), layout, limits, budget);

    CHECK(codes.position(codes.find(at), 10).line == 11);
    CHECK(codes.position(codes.find(at), 20).line == 21);
    CHECK_FALSE(codes.position(codes.find(at), 30).line);
    CHECK(codes.position(codes.find(at), 20).line == 21);
}

TEST_CASE("another interpreter's code cache has no budget of its own", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code({.name = "f"});
    const Limits limits;
    Budget budget(limits);
    budget.code_bytes = 30;
    CodeCache first(heap.memory(), layout, limits, budget);
    CodeCache second(heap.memory(), layout, limits, budget);

    CHECK_FALSE(first.find(at).fault);
    CHECK(second.find(at).fault->code == FaultCode::limit_reached);
}

TEST_CASE("_PyCFrames that threads share are not walked once for each of them", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    PythonHeap heap(layout);
    if (!heap.has_cframes()) {
        return;
    }
    INFO(name_of(layout));
    Address innermost;
    for (int i = 0; i < 100; ++i) {
        innermost = heap.cframe({}, innermost);
    }
    const Limits limits;
    Budget budget(limits);
    budget.cframes = 150;
    stack_of(heap, layout, {.cframe = innermost}, limits, budget);
    const std::size_t once = heap.memory().reads();
    stack_of(heap, layout, {.cframe = innermost}, limits, budget);
    stack_of(heap, layout, {.cframe = innermost}, limits, budget);

    CHECK(budget.cframes == 0);
    CHECK(heap.memory().reads() - once < once);
}

TEST_CASE("once the time is over no frame is walked", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address frame = heap.frame({.code = heap.code({.name = "main"})});
    Limits limits;
    limits.max_time = std::chrono::milliseconds(0);

    const PythonStack stack = stack_of(heap, layout, frame, limits);

    CHECK(names_in(stack).empty());
    CHECK(stack.stop == Stop::limit);
}

}  // namespace
}  // namespace pycore::test
