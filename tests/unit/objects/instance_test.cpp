#include "objects/instance.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

constexpr Address one{0x1000};
constexpr Address two{0x2000};

TEST_CASE("attributes without a dict are found where the version keeps them", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.instance({{heap.text("a"), one}, {heap.text("b"), two}});

    CHECK(find_attribute(heap.memory(), layout, at, "a", {}).value() == one);
    CHECK(find_attribute(heap.memory(), layout, at, "b", {}).value() == two);
    CHECK(find_attribute(heap.memory(), layout, at, "c", {}).value() == Address{});
}

TEST_CASE("attributes in a dict of the instance are found there", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.instance_with_dict(heap.dict({{heap.text("a"), one}}));

    CHECK(find_attribute(heap.memory(), layout, at, "a", {}).value() == one);
}

TEST_CASE("the dict of an instance comes before its values", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.instance({{heap.text("a"), one}});
    const Address dict = heap.dict({{heap.text("a"), two}});
    heap.memory().write(Address{at.value - layout.instance.dict_word_before}, dict);

    CHECK(find_attribute(heap.memory(), layout, at, "a", {}).value() == two);
}

TEST_CASE("an attribute that was deleted is not found", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.instance({{heap.text("a"), {}}, {heap.text("b"), two}});

    CHECK(find_attribute(heap.memory(), layout, at, "a", {}).value() == Address{});
    CHECK(walk_attributes(heap.memory(), layout, at, {}).items.size() == 1);
}

TEST_CASE("an instance without dict and values has no attributes", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.instance({{heap.text("a"), one}});
    const Address type =
        heap.memory().read<Address>(Address{at.value + layout.object.type.offset}, "type").value();
    heap.set(type, layout.type.flags, layout.instance.managed_dict_flag);
    heap.memory().write(Address{at.value - layout.instance.dict_word_before}, Address{});
    if (layout.instance.managed_dict == ManagedDict::dict_and_values) {
        heap.memory().write(Address{at.value - layout.instance.values_word_before}, Address{});
    }

    const auto entries = walk_attributes(heap.memory(), layout, at, {});

    CHECK(entries.items.empty());
    CHECK(entries.stop == Stop::finished);
}

TEST_CASE("inline values that are no longer valid are not read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    if (layout.instance.managed_dict != ManagedDict::dict_or_inline) {
        return;  // the version has no inline values
    }
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.instance({{heap.text("a"), one}});
    const Address type =
        heap.memory().read<Address>(Address{at.value + layout.object.type.offset}, "type").value();
    const auto size =
        heap.memory()
            .read<std::int64_t>(Address{type.value + layout.type.basic_size.offset}, "type")
            .value();
    heap.set(Address{at.value + static_cast<std::uint64_t>(size)}, layout.dict_values.valid,
             std::uint8_t{0});

    CHECK(walk_attributes(heap.memory(), layout, at, {}).items.empty());
}

TEST_CASE("a dict at an offset of the type is found", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.object(0, 64);
    const Address type = heap.type(0);
    heap.set(at, layout.object.type, type);
    heap.set(type, layout.type.dict_offset, std::int64_t{32});
    heap.memory().write(Address{at.value + 32}, heap.dict({{heap.text("a"), one}}));

    CHECK(find_attribute(heap.memory(), layout, at, "a", {}).value() == one);
}

TEST_CASE("an offset of a dict that lies in no object gives no attributes", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address at = heap.object(0, 64);
    const Address type = heap.type(0);
    heap.set(at, layout.object.type, type);
    heap.memory().write(Address{at.value + 32}, heap.dict({{heap.text("a"), one}}));

    heap.set(type, layout.type.dict_offset, std::int64_t{-8});
    CHECK(walk_attributes(heap.memory(), layout, at, {}).items.empty());
    // Its low half alone would lead to the dict.
    heap.set(type, layout.type.dict_offset, (std::int64_t{1} << 32) + 32);
    CHECK(walk_attributes(heap.memory(), layout, at, {}).items.empty());
}

TEST_CASE("an instance at the very start of memory has nothing before it", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address low{8};
    heap.memory().add_area(low, 64);
    heap.set(low, layout.object.type, heap.type(layout.instance.managed_dict_flag));

    CHECK(walk_attributes(heap.memory(), layout, low, {}).fault->code == FaultCode::bad_format);
}

}  // namespace
}  // namespace pycore::test
