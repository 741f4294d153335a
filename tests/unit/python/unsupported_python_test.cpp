#include "python/find_runtime.hpp"
#include "python/scan_runtime.hpp"
#include "support/catch.hpp"
#include "support/heap_core.hpp"
#include "support/print.hpp"

namespace pycore::test {
namespace {

const Layout& newest_layout()
{
    return *every_layout().back();
}

/// The start of a `_Py_DebugOffsets`.
Address banner(PythonHeap& heap, std::uint64_t version, std::uint64_t free_threaded)
{
    const Address at = heap.allocate(4096);
    heap.memory().write(at, debug_offsets_cookie);
    heap.memory().write(Address{at.value + 8}, version);
    heap.memory().write(Address{at.value + 16}, free_threaded);
    return at;
}

RuntimeSearch search(PythonHeap& heap, const std::vector<Module>& modules)
{
    const Limits limits;
    Budget budget(limits);
    return find_runtimes(space_of(heap), modules, all_layout_sets(), budget);
}

TEST_CASE("a newer CPython is recognised by its debug offsets and not decoded", "[python]")
{
    PythonHeap heap(newest_layout());
    const Address at = banner(heap, 0x030F'02F0, 0);

    const auto found = search(heap, {module_of("/usr/bin/python3.15", {range_of(at, 4096)})});

    CHECK(found.found.empty());
    REQUIRE(found.unsupported.size() == 1);
    CHECK(found.unsupported[0].version == PythonVersion{3, 15, 2});
    CHECK_FALSE(found.unsupported[0].free_threaded);
    CHECK(found.unsupported[0].path == "/usr/bin/python3.15");
}

TEST_CASE("a free-threaded CPython is recognised and not decoded", "[python]")
{
    PythonHeap heap(newest_layout());
    const Address at = banner(heap, 0x030D'00F0, 1);

    const auto found =
        search(heap, {module_of("/opt/lib/renamed-python.so", {range_of(at, 4096)})});

    CHECK(found.found.empty());
    REQUIRE(found.unsupported.size() == 1);
    CHECK(found.unsupported[0].version == PythonVersion{3, 13, 0});
    CHECK(found.unsupported[0].free_threaded);
}

TEST_CASE("debug offsets of a supported version without a runtime behind are nothing", "[python]")
{
    PythonHeap heap(newest_layout());
    const Address at = banner(heap, 0x030D'00F0, 0);

    const auto found = search(heap, {module_of("/usr/bin/python3.13", {range_of(at, 4096)})});

    CHECK(found.found.empty());
    CHECK(found.unsupported.empty());
    CHECK(found.python_module == "/usr/bin/python3.13");
}

TEST_CASE("a CPython before debug offsets is recognised by its file name", "[python]")
{
    PythonHeap heap(newest_layout());

    const auto found = search(heap, {module_of("/usr/bin/python3.10", {}),
                                     module_of("/usr/lib/libpython3.10.so.1.0", {})});

    REQUIRE(found.unsupported.size() == 1);
    CHECK(found.unsupported[0].version == PythonVersion{3, 10, 0});
    CHECK(found.unsupported[0].path == "/usr/bin/python3.10");
}

TEST_CASE("a file name with a t after the version is of a free-threaded CPython", "[python]")
{
    PythonHeap heap(newest_layout());

    const auto found = search(heap, {module_of("/usr/lib/libpython3.14t.so.1.0", {})});

    REQUIRE(found.unsupported.size() == 1);
    CHECK(found.unsupported[0].free_threaded);
}

TEST_CASE("a file name that tells no version, or one that is supported, is nothing", "[python]")
{
    const std::string path =
        GENERATE(as<std::string>{}, "/usr/bin/python3", "/usr/bin/python3.", "/usr/bin/python3.x",
                 "/usr/bin/python3.12", "/usr/lib/python3.10/lib-dynload/readline.so",
                 "/usr/bin/python3.99999999999");
    PythonHeap heap(newest_layout());

    CHECK(search(heap, {module_of(path, {})}).unsupported.empty());
}

TEST_CASE("a file name counts only where no runtime was found", "[python]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address runtime = heap.runtime();
    heap.thread_state(heap.interpreter(runtime, 0), {});

    const auto found = search(
        heap, {module_of("/usr/bin/python3.10", {}),
               module_of("/usr/lib/libpython.so", {range_of(runtime, layout.runtime.size)})});

    CHECK(found.found.size() == 1);
    CHECK(found.unsupported.empty());
}

TEST_CASE("a process without Python has none", "[python]")
{
    PythonHeap heap(newest_layout());
    const Address data = heap.allocate(4096);

    const auto found = search(heap, {module_of("/usr/bin/cat", {range_of(data, 4096)})});

    CHECK(found.found.empty());
    CHECK(found.unsupported.empty());
    CHECK_FALSE(found.python_module);
}

}  // namespace
}  // namespace pycore::test
