#include <algorithm>
#include <iterator>
#include <vector>

#include "python/layout.hpp"
#include "support/catch.hpp"
#include "support/fake_memory.hpp"

using pycore::Address;
using pycore::Layout;
using pycore::LayoutSet;
using pycore::offset_by;
using pycore::test::FakeMemory;

namespace {

constexpr Address runtime{0x5555'0000'1000};
constexpr Address main_interpreter{runtime.value + 0x8000};
constexpr Address thread{0x7f00'0000'2000};
constexpr Address elsewhere{0x7f00'0010'0000};
constexpr Address nowhere{0x10};

// The start of a process of one version: a runtime, its main interpreter, one thread state.
class Process {
public:
    explicit Process(const Layout& layout) : layout_(layout)
    {
        memory_.add_area(runtime, layout.runtime.size);
        memory_.add_area(thread, layout.thread.size);
        if (layout.since >= pycore::PythonVersion{3, 13, 0}) {
            memory_.write_bytes(runtime, std::as_bytes(std::span("xdebugpy", 8)));
            const std::uint64_t hex = 0x03'00'00'f0U | std::uint64_t{layout.since.minor} << 16U;
            memory_.write(Address{runtime.value + 8}, hex);
        }
        set(runtime, layout.runtime.interpreters_head, main_interpreter);
        set(runtime, layout.runtime.interpreters_main, main_interpreter);
        set(main_interpreter, layout.interpreter.runtime, runtime);
        set(main_interpreter, layout.interpreter.threads_head, thread);
        set(thread, layout.thread.interpreter, main_interpreter);
    }

    /// A main interpreter like the embedded one, in an area of its own.
    void add_interpreter(Address at)
    {
        memory_.add_area(at, layout_.interpreter.size);
        set(at, layout_.interpreter.runtime, runtime);
        set(at, layout_.interpreter.threads_head, thread);
        set(thread, layout_.thread.interpreter, at);
    }

    template <class T>
    void set(Address at, pycore::Field<T> field, T value)
    {
        memory_.write(*offset_by(at, field.offset), value);
    }

    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] const FakeMemory& memory() const { return memory_; }

private:
    const Layout& layout_;
    FakeMemory memory_;
};

std::ptrdiff_t count_recognisers(const FakeMemory& memory, Address at)
{
    return std::ranges::count_if(pycore::all_layout_sets(),
                                 [&](const LayoutSet* set) { return set->recognises(memory, at); });
}

const LayoutSet& any_set(bool with_debug_offsets)
{
    std::vector<const LayoutSet*> sets;
    std::ranges::copy_if(
        pycore::all_layout_sets(), std::back_inserter(sets),
        [=](const LayoutSet* set) { return (set->refine != nullptr) == with_debug_offsets; });
    return *sets[GENERATE_COPY(range(std::size_t{0}, sets.size()))];
}

const LayoutSet& any_set()
{
    return any_set(GENERATE(false, true));
}

}  // namespace

TEST_CASE("a runtime is recognised by its own version and by no other", "[layouts]")
{
    const LayoutSet& set = any_set();
    for (const Layout& layout : set.layouts) {
        INFO(int{layout.since.minor} << '.' << int{layout.since.micro});
        const Process process(layout);
        CHECK(set.recognises(process.memory(), runtime));
        CHECK(count_recognisers(process.memory(), runtime) == 1);
    }
}

TEST_CASE("a copy of a runtime is not recognised", "[layouts]")
{
    const LayoutSet& set = any_set();
    Process process(set.layouts.front());
    SECTION("its interpreter belongs to another runtime")
    {
        process.set(main_interpreter, process.layout().interpreter.runtime, Address{0x5555'9000});
    }
    SECTION("it has no interpreter")
    {
        process.set(runtime, process.layout().runtime.interpreters_head, Address{});
        process.set(runtime, process.layout().runtime.interpreters_main, Address{});
    }
    SECTION("its interpreter would not be aligned")
    {
        const Address odd{main_interpreter.value + 0x101};
        process.set(runtime, process.layout().runtime.interpreters_head, odd);
        process.set(runtime, process.layout().runtime.interpreters_main, odd);
        process.set(odd, process.layout().interpreter.runtime, runtime);
        process.set(odd, process.layout().interpreter.threads_head, thread);
        process.set(thread, process.layout().thread.interpreter, odd);
    }
    SECTION("its interpreters cannot be read")
    {
        process.set(runtime, process.layout().runtime.interpreters_head, nowhere);
    }
    CHECK(count_recognisers(process.memory(), runtime) == 0);
}

TEST_CASE("unmapped memory and the middle of a runtime are not recognised", "[layouts]")
{
    const Process process(any_set().layouts.front());
    CHECK(count_recognisers(process.memory(), nowhere) == 0);
    CHECK(count_recognisers(process.memory(), Address{0}) == 0);
    CHECK(count_recognisers(process.memory(), Address{~std::uint64_t{7}}) == 0);
    CHECK(count_recognisers(process.memory(), Address{runtime.value + 8}) == 0);
    CHECK(count_recognisers(process.memory(), Address{runtime.value - 8}) == 0);
}

TEST_CASE("without a cookie the main interpreter must be whole", "[layouts]")
{
    const LayoutSet& set = any_set(false);
    Process process(set.layouts.front());
    const Layout& layout = process.layout();
    SECTION("number 0")
    {
        process.set(main_interpreter, layout.interpreter.id, std::int64_t{1});
    }
    SECTION("with a thread state of its own")
    {
        process.set(thread, layout.thread.interpreter, Address{runtime.value + 16});
    }
    SECTION("that can be read")
    {
        process.set(main_interpreter, layout.interpreter.threads_head, nowhere);
    }
    SECTION("inside the runtime")
    {
        process.add_interpreter(elsewhere);
        process.set(runtime, layout.runtime.interpreters_main, elsewhere);
    }
    SECTION("one of this runtime")
    {
        process.set(runtime, layout.runtime.interpreters_main, Address{runtime.value + 0x4000});
        process.set(Address{runtime.value + 0x4000}, layout.interpreter.threads_head, thread);
        process.set(thread, layout.thread.interpreter, Address{runtime.value + 0x4000});
    }
    SECTION("beside others of this runtime")
    {
        process.set(runtime, layout.runtime.interpreters_head, thread);
    }
    CHECK_FALSE(set.recognises(process.memory(), runtime));
}

TEST_CASE("a runtime that says another version is not recognised", "[layouts]")
{
    Process process(any_set(true).layouts.front());
    process.set(runtime, pycore::Field<std::uint64_t>{8}, std::uint64_t{0x030f'02f0});
    CHECK(count_recognisers(process.memory(), runtime) == 0);
}
