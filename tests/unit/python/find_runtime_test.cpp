#include "python/find_runtime.hpp"

#include "python/scan_runtime.hpp"
#include "support/catch.hpp"
#include "support/heap_core.hpp"
#include "support/print.hpp"

namespace pycore::test {
namespace {

RuntimeSearch search(PythonHeap& heap,
                     const std::vector<Module>& modules,
                     const Limits& limits = {})
{
    Budget budget(limits);
    return find_runtimes(space_of(heap), modules, all_layout_sets(), budget);
}

Address runtime_in(PythonHeap& heap)
{
    const Address runtime = heap.runtime();
    heap.thread_state(heap.interpreter(runtime, 0), {});
    return runtime;
}

Module libpython(const Layout& layout, std::vector<AddressRange> writable)
{
    return module_of("/usr/lib/libpython3." + std::to_string(layout.since.minor) + ".so.1.0",
                     std::move(writable));
}

AddressRange data_of(const Layout& layout, Address runtime)
{
    return range_of(runtime, layout.runtime.size);
}

TEST_CASE("without symbols a runtime is found in the data of a module", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = runtime_in(heap);

    const auto found = search(heap, {libpython(layout, {data_of(layout, runtime)})});

    REQUIRE(found.found.size() == 1);
    CHECK(found.found[0].at == runtime);
    CHECK(found.found[0].set == set_of(layout));
    CHECK(found.unsupported.empty());
    CHECK_FALSE(found.scan_cut);
}

TEST_CASE("without any module a runtime is found in writable memory", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = runtime_in(heap);

    const auto found = search(heap, {});

    REQUIRE(found.found.size() == 1);
    CHECK(found.found[0].at == runtime);
}

TEST_CASE("a runtime in a module of another name is found when no other has one", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = runtime_in(heap);

    const auto found = search(heap, {module_of("/opt/game/engine.so", {data_of(layout, runtime)})});

    REQUIRE(found.found.size() == 1);
    CHECK(found.found[0].at == runtime);
}

TEST_CASE("all runtimes of a process are found", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address first = runtime_in(heap);
    const Address second = runtime_in(heap);

    const auto found = search(heap, {libpython(layout, {data_of(layout, first)}),
                                     libpython(layout, {data_of(layout, second)})});

    REQUIRE(found.found.size() == 2);
    CHECK(found.found[0].at == first);
    CHECK(found.found[1].at == second);
}

TEST_CASE("a copy of a runtime is not one", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = runtime_in(heap);
    const Address copy = heap.allocate(layout.runtime.size);
    const auto bytes = heap.memory().areas().at(runtime);
    heap.memory().write_bytes(copy, bytes);

    const auto found =
        search(heap, {libpython(layout, {data_of(layout, copy), data_of(layout, runtime)})});

    REQUIRE(found.found.size() == 1);
    CHECK(found.found[0].at == runtime);
    CHECK(found.unsupported.empty());
}

TEST_CASE("a page that was not saved does not hide a runtime beside it", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = runtime_in(heap);
    const AddressRange data =
        range_of(Address{runtime.value - 3 * 4096}, layout.runtime.size + 6 * 4096);

    const auto found = search(heap, {libpython(layout, {data})});

    REQUIRE(found.found.size() == 1);
    CHECK(found.found[0].at == runtime);
}

TEST_CASE("the search ends where the limit is", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const AddressRange zeros = range_of(heap.allocate(1 << 20), 1 << 20);
    const Address runtime = runtime_in(heap);
    Limits limits;
    limits.max_scan_bytes = 1 << 20;

    const auto found = search(heap, {libpython(layout, {zeros, data_of(layout, runtime)})}, limits);

    CHECK(found.found.empty());
    CHECK(found.scan_cut);
}

TEST_CASE("memory full of cookies costs no more than the limit", "[python]")
{
    const Layout& layout = *every_layout().back();
    PythonHeap heap(layout);
    constexpr std::uint64_t count = 1 << 16;
    const Address cookies = heap.allocate(count * 8);
    for (std::uint64_t i = 0; i < count; ++i) {
        heap.memory().write(Address{cookies.value + i * 8}, debug_offsets_cookie);
    }
    const AddressSpace memory = space_of(heap);
    Limits limits;
    limits.max_scan_bytes = 1 << 20;
    Budget budget(limits);

    const auto candidates =
        scan_for_runtime(memory, range_of(cookies, count * 8), all_layout_sets(), budget);

    CHECK(candidates.size() <= 1024);
    CHECK(budget.scan_bytes == 0);
}

TEST_CASE("a core full of runtimes gives a few of them", "[python]")
{
    const Layout& layout = *every_layout().back();
    PythonHeap heap(layout);
    std::vector<AddressRange> data;
    for (int i = 0; i < 40; ++i) {
        data.push_back(data_of(layout, runtime_in(heap)));
    }

    CHECK(search(heap, {libpython(layout, data)}).found.size() == 16);
}

TEST_CASE("once the time is over nothing is searched", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = runtime_in(heap);
    Limits limits;
    limits.max_time = std::chrono::milliseconds(0);

    CHECK(search(heap, {libpython(layout, {data_of(layout, runtime)})}, limits).found.empty());
}

}  // namespace
}  // namespace pycore::test
