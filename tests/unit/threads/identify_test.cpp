#include "threads/identify.hpp"

#include "support/catch.hpp"
#include "support/heap_core.hpp"
#include "support/print.hpp"

namespace pycore::test {
namespace {

std::uint64_t hex_of(const PythonVersion& version)
{
    return std::uint64_t{version.major} << 24 | std::uint64_t{version.minor} << 16 |
           std::uint64_t{version.micro} << 8 | 0xF0U;
}

/// A runtime whose main interpreter has this `sys.__dict__`.
RuntimeCandidate runtime_with(PythonHeap& heap, const Layout& layout, Address sys)
{
    const Address runtime = heap.runtime();
    heap.set(heap.interpreter(runtime, 0), layout.interpreter.sys_dict, sys);
    return {.at = runtime, .set = set_of(layout)};
}

std::vector<DictEntry> sys_of(PythonHeap& heap, const Layout& layout)
{
    std::vector<DictEntry> entries{
        {heap.text("hexversion"), heap.integer(hex_of(layout.since))},
        {heap.text("version"), heap.text(to_string(layout.since) + "+ (main, Jan  1 2026)")}};
    if (layout.flavour.debug) {
        entries.push_back({heap.text("gettotalrefcount"), heap.object(0, 16)});
    }
    return entries;
}

TEST_CASE("a runtime tells its version and its flavour", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const auto runtime = runtime_with(heap, layout, heap.dict(sys_of(heap, layout)));

    const PythonIdentity identity = identify_python(heap.memory(), runtime, {});

    CHECK(identity.version == layout.since);
    CHECK(identity.exact);
    CHECK(identity.text == to_string(layout.since) + "+");
    CHECK(identity.flavour == layout.flavour);
}

TEST_CASE("what Python code put into sys.version is not believed", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    auto sys = sys_of(heap, layout);
    sys[1].value = heap.text("2.7.18 (just kidding)");

    const PythonIdentity identity =
        identify_python(heap.memory(), runtime_with(heap, layout, heap.dict(sys)), {});

    CHECK(identity.version == layout.since);
    CHECK(identity.text == to_string(layout.since));
}

TEST_CASE("a sys.hexversion of another minor version is not believed", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    auto sys = sys_of(heap, layout);
    sys[0].value = heap.integer(0x0309'01F0);

    const PythonIdentity identity =
        identify_python(heap.memory(), runtime_with(heap, layout, heap.dict(sys)), {});

    CHECK(identity.version.minor == layout.since.minor);
}

TEST_CASE("without sys only debug offsets tell the micro version", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const auto runtime = runtime_with(heap, layout, Address{0xdead'0000});

    const PythonIdentity identity = identify_python(heap.memory(), runtime, {});

    CHECK(identity.version.minor == layout.since.minor);
    CHECK(identity.exact == (set_of(layout)->refine != nullptr));
}

TEST_CASE("a sys of a million names is looked at in part", "[threads]")
{
    const Layout& layout = *every_layout().back();
    PythonHeap heap(layout);
    const std::vector<DictEntry> names(1'000'000, {Address{8}, Address{8}});
    const auto runtime = runtime_with(heap, layout, heap.dict(names));

    identify_python(heap.memory(), runtime, {});

    CHECK(heap.memory().reads() < 1'000'000);
}

}  // namespace
}  // namespace pycore::test
