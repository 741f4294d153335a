#include "threads/thread_names.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

/// An interpreter whose `threading._active` is this dict.
Address interpreter_with(PythonHeap& heap, const Layout& layout, Address active)
{
    const Address threading = heap.module(heap.dict({{heap.text("_active"), active}}));
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    heap.set(interpreter, layout.interpreter.modules,
             heap.dict({{heap.text("threading"), threading}}));
    return interpreter;
}

Address thread_named(PythonHeap& heap, Address name)
{
    return heap.instance({{heap.text("_target"), {}}, {heap.text("_name"), name}});
}

std::map<std::uint64_t, std::string> names_of(PythonHeap& heap,
                                              const Layout& layout,
                                              Address interpreter,
                                              const Limits& limits = {})
{
    Budget budget(limits);
    return read_thread_names(heap.memory(), layout, interpreter, limits, budget);
}

TEST_CASE("threads have the names that threading knows", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address active =
        heap.dict({{heap.integer(0x7f01), thread_named(heap, heap.text("MainThread"))},
                   {heap.integer(0x7f02), thread_named(heap, heap.text(U"\u5DE5", {.width = 2}))}},
                  KeysKind::general);

    const auto names = names_of(heap, layout, interpreter_with(heap, layout, active));

    CHECK(names ==
          std::map<std::uint64_t, std::string>{{0x7f01, "MainThread"}, {0x7f02, "\u5DE5"}});
}

TEST_CASE("a process that never imported threading has no names", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    heap.set(interpreter, layout.interpreter.modules, heap.dict({}));

    CHECK(names_of(heap, layout, interpreter).empty());
}

TEST_CASE("a thread whose name cannot be read leaves the others theirs", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address active =
        heap.dict({{heap.integer(1), Address{0xdead'0000}},
                   {heap.text("no ident"), thread_named(heap, heap.text("nobody"))},
                   {heap.integer(2), thread_named(heap, heap.integer(5))},
                   {heap.integer(3), thread_named(heap, heap.text("worker"))}},
                  KeysKind::general);

    const auto names = names_of(heap, layout, interpreter_with(heap, layout, active));

    CHECK(names == std::map<std::uint64_t, std::string>{{3, "worker"}});
}

TEST_CASE("a long name that many threads share is kept a few times only", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address thread = thread_named(heap, heap.text(std::string(100, 'x')));
    std::vector<DictEntry> entries;
    for (std::uint64_t ident = 1; ident <= 10; ++ident) {
        entries.push_back({heap.integer(ident), thread});
    }
    const Address interpreter =
        interpreter_with(heap, layout, heap.dict(entries, KeysKind::general));
    const Limits limits;
    Budget budget(limits);
    budget.name_bytes = 350;

    CHECK(read_thread_names(heap.memory(), layout, interpreter, limits, budget).size() == 3);
}

// A million entries in `_active` whose threads share a dict of a million entries would take days.
TEST_CASE("the dicts that threads share are not looked through once for each", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const std::vector<DictEntry> attributes(200, {heap.text("x"), Address{8}});
    const Address thread = heap.instance_with_dict(heap.dict(attributes));
    const std::vector<DictEntry> entries(200, {heap.integer(1), thread});
    const Address interpreter =
        interpreter_with(heap, layout, heap.dict(entries, KeysKind::general));
    Limits limits;
    limits.max_dict_entries = 500;
    Budget budget(limits);

    CHECK(read_thread_names(heap.memory(), layout, interpreter, limits, budget).empty());
    CHECK(budget.dict_entries == 0);
    CHECK(heap.memory().reads() < 10'000);
}

TEST_CASE("a split dict of holes is paid for like any other", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const std::vector<DictEntry> holes(200, {heap.text("x"), Address{}});
    const Address thread = heap.instance_with_dict(heap.split_dict(holes));
    const std::vector<DictEntry> entries(200, {heap.integer(1), thread});
    const Address interpreter =
        interpreter_with(heap, layout, heap.dict(entries, KeysKind::general));
    Limits limits;
    limits.max_dict_entries = 500;
    Budget budget(limits);

    read_thread_names(heap.memory(), layout, interpreter, limits, budget);

    CHECK(budget.dict_entries == 0);
}

}  // namespace
}  // namespace pycore::test
