#include "frames/code_cache.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

TEST_CASE("a code object is read with its names and its line", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code(
        {.name = "run", .qualified_name = "Job.run", .file = "/srv/job.py", .first_line = 42});
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    const CodeObject& code = codes.find(at);

    CHECK_FALSE(code.fault);
    CHECK(code.description->address == at);
    CHECK(code.description->name == "run");
    CHECK(code.description->qualified_name == "Job.run");
    CHECK(code.description->file == "/srv/job.py");
    CHECK(code.description->first_line == 42);
    CHECK(code.units == 8);
}

TEST_CASE("a code object is read once", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code({});
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);
    const CodeObject& first = codes.find(at);
    codes.position(codes.find(at), 3);
    const std::size_t reads = heap.memory().reads();

    const CodeObject& second = codes.find(at);
    codes.position(codes.find(at), 3);

    CHECK(&first == &second);
    CHECK(heap.memory().reads() == reads);
}

TEST_CASE("a name that cannot be read costs only itself", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code({.name = "run", .file = "job.py", .first_line = 5});
    heap.set(at, layout.code.file, Address{0xdead'0000});
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    CodeObject& code = codes.find(at);

    CHECK(code.fault->where == 0xdead'0000 + layout.object.type.offset);
    CHECK(code.description->file.empty());
    CHECK(code.description->name == "run");
    CHECK(codes.position(code, 2).line == 7);
}

TEST_CASE("a location table that cannot be read costs the lines alone", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code({.name = "run"});
    heap.set(at, layout.code.line_table, Address{0xdead'0000});
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    CodeObject& code = codes.find(at);

    CHECK(code.fault);
    CHECK(code.description->name == "run");
    CHECK(codes.position(code, 2) == SourcePosition{});
}

TEST_CASE("what is no code object has no names and no units", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    const CodeObject& code = codes.find(Address{0xdead'0000});

    CHECK(code.fault->code == FaultCode::unmapped);
    CHECK(code.description->address == Address{0xdead'0000});
    CHECK(code.description->name.empty());
    CHECK(code.units == 0);
}

TEST_CASE("a code object of impossible size is refused", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    const std::int64_t units = GENERATE(as<std::int64_t>{}, 0, -1, INT64_MIN, INT64_MAX);
    PythonHeap heap(layout);
    const Address at = heap.code({});
    heap.set(at, layout.code.units, units);
    const Limits limits;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    CHECK(codes.find(at).fault->code == FaultCode::bad_format);
    CHECK(codes.find(at).units == 0);
}

TEST_CASE("a location table longer than the limit is not read", "[frames]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.code({.name = "run", .units = 100});
    Limits limits;
    limits.max_line_table_bytes = 199;
    Budget budget(limits);
    CodeCache codes(heap.memory(), layout, limits, budget);

    CHECK(codes.find(at).fault->code == FaultCode::limit_reached);
    CHECK(codes.find(at).description->name == "run");
}

}  // namespace
}  // namespace pycore::test
