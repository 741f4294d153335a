#include "sources/line_cache.hpp"

#include "objects/object.hpp"
#include "sources/source_finder.hpp"
#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

/// A process whose `linecache` is filled by the test.
struct CacheProcess {
    explicit CacheProcess(const Layout& table) : layout(table), heap(table) {}

    Address items(const std::vector<Address>& values)
    {
        const Address data = heap.allocate(8 * values.size() + 8);
        heap.memory().write_bytes(data, std::as_bytes(std::span(values)));
        return data;
    }

    Address list(const std::vector<Address>& values)
    {
        const Address at = heap.object(type_flag::list, 64);
        heap.set(at, layout.list.size, static_cast<std::int64_t>(values.size()));
        heap.set(at, layout.list.items, items(values));
        return at;
    }

    Address tuple(const std::vector<Address>& values)
    {
        const Address at = heap.object(type_flag::tuple, 64 + 8 * values.size());
        heap.set(at, layout.tuple.size, static_cast<std::int64_t>(values.size()));
        heap.memory().write_bytes(Address{at.value + layout.tuple.items.offset},
                                  std::as_bytes(std::span(values)));
        return at;
    }

    Address entry(const std::vector<Address>& lines)
    {
        return tuple({heap.integer(10), heap.integer(0), list(lines), heap.text("name")});
    }

    LineCache read(const std::vector<DictEntry>& cache, const std::vector<DictEntry>& codes = {})
    {
        const Address module = heap.module(
            heap.dict({{heap.text("cache"), heap.dict(cache)},
                       {heap.text("_interactive_cache"), heap.dict(codes, KeysKind::general)}}));
        const Address interpreter = heap.interpreter(heap.runtime(), 0);
        heap.set(interpreter, layout.interpreter.modules,
                 heap.dict({{heap.text("linecache"), module}}));
        return {heap.memory(), layout, interpreter, limits, deadline};
    }

    const Layout& layout;
    PythonHeap heap;
    Limits limits;
    Deadline deadline{std::chrono::minutes(1)};
};

using Line = std::optional<std::string>;

TEST_CASE("linecache holds the lines that the process read", "[sources]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CacheProcess process(layout);
    PythonHeap& heap = process.heap;
    const LineCache cache = process.read(
        {{heap.text("lazy.py"), process.tuple({heap.text("loader")})},
         {heap.text("/srv/app.py"),
          process.entry({heap.text("def f():\n"),
                         heap.text(U"    '\u5DE5'\n", {.width = 2, .compact = true})})}});

    CHECK_FALSE(cache.find_file("lazy.py"));
    CHECK_FALSE(cache.find_file("other.py"));
    const auto lines = cache.find_file("/srv/app.py");
    REQUIRE(lines);
    CHECK((*lines)(1) == Line("def f():"));
    CHECK((*lines)(2) == Line("    '\u5DE5'"));
    CHECK((*lines)(3) == Line());
    CHECK((*lines)(0) == Line());
    CHECK((*lines)(INT32_MIN) == Line());
}

TEST_CASE("linecache holds what was typed, by its code", "[sources]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CacheProcess process(layout);
    PythonHeap& heap = process.heap;
    const Address key = process.tuple({heap.text("<string>"), heap.text("A.f"), heap.integer(2)});
    const LineCache cache = process.read({}, {{key, process.entry({heap.text("typed\n")})}});

    PythonCode code;
    code.file = "<string>";
    code.name = "f";
    code.qualified_name = "A.f";
    code.first_line = 2;
    REQUIRE(cache.find_code(code));
    CHECK((*cache.find_code(code))(1) == Line("typed"));
    code.first_line = 3;
    CHECK_FALSE(cache.find_code(code));
    CHECK_FALSE(cache.find_file("<string>"));
}

TEST_CASE("what is no linecache costs nothing else", "[sources]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    CacheProcess process(layout);
    PythonHeap& heap = process.heap;
    const Address wild{0xdead'0000};
    const Address good = process.entry({wild, heap.integer(1), heap.text("line\n")});
    const Address huge = process.list({});
    heap.set(huge, layout.list.size, INT64_MAX);
    const LineCache cache =
        process.read({{heap.text("a"), wild},
                      {wild, good},
                      {heap.text("b"), process.tuple({wild, wild, wild, wild})},
                      {heap.text("c"), process.tuple({wild, wild, heap.integer(1), wild})},
                      {heap.text("d"), process.tuple({wild, wild, huge, wild})},
                      {heap.text("e"), good}});

    CHECK_FALSE(cache.find_file("a"));
    CHECK_FALSE(cache.find_file("b"));
    CHECK_FALSE(cache.find_file("c"));
    REQUIRE(cache.find_file("d"));
    CHECK((*cache.find_file("d"))(INT32_MAX) == Line());
    REQUIRE(cache.find_file("e"));
    CHECK((*cache.find_file("e"))(1) == Line());
    CHECK((*cache.find_file("e"))(2) == Line());
    CHECK((*cache.find_file("e"))(3) == Line("line"));
}

TEST_CASE("a line of the process comes before one of a file", "[sources]")
{
    const Layout& layout = *every_layout().front();
    CacheProcess process(layout);
    PythonHeap& heap = process.heap;
    const LineCache cache = process.read(
        {{heap.text("<made>"), process.entry({heap.text("def f():\n"), heap.text("  1/0\n")})}});
    const FileSearch search;
    SourceFinder finder(search, process.limits, process.deadline);
    finder.add(cache);
    PythonCode code;
    code.file = "<made>";
    code.name = "f";
    code.first_line = 1;
    const auto line = finder.find(std::make_shared<const PythonCode>(code),
                                  {.line = 2, .end_line = 2, .column = 2, .end_column = 5});
    REQUIRE(line);
    CHECK(line->text == "  1/0");
    CHECK(line->from_process);
    code.name = "g";
    CHECK(finder.find(std::make_shared<const PythonCode>(code), {.line = 2}) == nullptr);
}

}  // namespace
}  // namespace pycore::test
