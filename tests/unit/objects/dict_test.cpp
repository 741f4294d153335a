#include "objects/dict.hpp"

#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

constexpr Address one{0x1000};
constexpr Address two{0x2000};

Walk<DictEntry> walk(PythonHeap& heap, const Layout& layout, Address dict, std::size_t most = 100)
{
    Limits limits;
    limits.max_dict_entries = most;
    return walk_dict(heap.memory(), layout, dict, limits);
}

TEST_CASE("the entries of a dict are read in the order they were put in", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    const KeysKind kind = GENERATE(KeysKind::general, KeysKind::unicode);
    PythonHeap heap(layout);
    const Address first = heap.text("first");
    const Address second = heap.text("second");

    const auto entries = walk(heap, layout, heap.dict({{first, one}, {second, two}}, kind));

    CHECK(entries.stop == Stop::finished);
    REQUIRE(entries.items.size() == 2);
    CHECK(entries.items[0].key == first);
    CHECK(entries.items[0].value == one);
    CHECK(entries.items[1].key == second);
    CHECK(entries.items[1].value == two);
}

TEST_CASE("a deleted entry is left out", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address kept = heap.text("kept");

    const auto entries = walk(heap, layout, heap.dict({{{}, {}}, {kept, one}, {kept, {}}}));

    REQUIRE(entries.items.size() == 1);
    CHECK(entries.items[0].key == kept);
}

TEST_CASE("a split dict has its values apart, and holes among them", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address first = heap.text("first");
    const Address hole = heap.text("hole");
    const Address last = heap.text("last");

    const auto entries =
        walk(heap, layout, heap.split_dict({{first, one}, {hole, {}}, {last, two}}));

    REQUIRE(entries.items.size() == 2);
    CHECK(entries.items[0].value == one);
    CHECK(entries.items[1].key == last);
    CHECK(entries.items[1].value == two);
}

// More than the walk reads at once.
std::vector<DictEntry> many_entries(std::size_t count)
{
    std::vector<DictEntry> entries;
    for (std::size_t i = 1; i <= count; ++i) {
        entries.push_back({Address{i * 16}, Address{i}});
    }
    return entries;
}

TEST_CASE("a large dict is read to its last entry", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    const KeysKind kind = GENERATE(KeysKind::general, KeysKind::unicode);
    PythonHeap heap(layout);

    const auto entries = walk(heap, layout, heap.dict(many_entries(500), kind), 500);

    CHECK(entries.stop == Stop::finished);
    REQUIRE(entries.items.size() == 500);
    CHECK(entries.items[499].key == Address{500 * 16});
    CHECK(entries.items[499].value == Address{500});
}

TEST_CASE("a dict of more entries than the limit is cut", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    const auto entries = walk(heap, layout, heap.dict(many_entries(500)), 300);

    CHECK(entries.stop == Stop::limit);
    CHECK(entries.items.size() == 300);
}

TEST_CASE("a dict that says it has more entries than are there keeps those before", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address keys = heap.keys(many_entries(200), KeysKind::unicode);
    heap.set(keys, layout.dict_keys.entries, std::int64_t{1} << 62);
    const Address dict = heap.dict({});
    heap.set(dict, layout.dict.keys, keys);

    const auto entries = walk(heap, layout, dict, 1'000'000);

    CHECK(entries.stop == Stop::fault);
    CHECK(entries.fault->code == FaultCode::unmapped);
    CHECK(entries.items.size() == 192);  // whole blocks of 96
}

TEST_CASE("a keys object that makes no sense is no dict", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address keys = heap.keys(many_entries(3), KeysKind::unicode);
    const Address dict = heap.dict({});
    heap.set(dict, layout.dict.keys, keys);
    const auto is_refused = [&] {
        const auto entries = walk(heap, layout, dict);
        return entries.items.empty() && entries.fault &&
               entries.fault->code == FaultCode::bad_format;
    };

    SECTION("a negative number of entries")
    {
        heap.set(keys, layout.dict_keys.entries, std::int64_t{-1});
        CHECK(is_refused());
    }
    SECTION("an unknown kind")
    {
        heap.set(keys, layout.dict_keys.kind, std::uint8_t{3});
        CHECK(is_refused());
    }
    SECTION("an index larger than the address space")
    {
        heap.set(keys, layout.dict_keys.log2_index_bytes, std::uint8_t{64});
        CHECK(is_refused());
    }
}

TEST_CASE("an object of another type is no dict", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);

    CHECK(walk(heap, layout, heap.text("{}")).fault->code == FaultCode::bad_format);
}

TEST_CASE("a value is found by its name", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address dict = heap.dict({{heap.integer(1), one}, {heap.text("name"), two}});

    CHECK(find_in_dict(heap.memory(), layout, dict, "name", {}).value() == two);
    CHECK(find_in_dict(heap.memory(), layout, dict, "other", {}).value() == Address{});
}

TEST_CASE("a name is found before the part of a dict that cannot be read", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    std::vector<DictEntry> entries = many_entries(96);
    entries[0] = {heap.text("name"), one};
    const Address keys = heap.keys(entries, KeysKind::unicode);
    heap.set(keys, layout.dict_keys.entries, std::int64_t{97});
    const Address dict = heap.dict({});
    heap.set(dict, layout.dict.keys, keys);

    CHECK(find_in_dict(heap.memory(), layout, dict, "name", {}).value() == one);
    CHECK(find_in_dict(heap.memory(), layout, dict, "other", {}).fault().code ==
          FaultCode::unmapped);
}

/// Values of a split table that were set in this order of their indices.
Address ordered_values(PythonHeap& heap,
                       const Layout& layout,
                       const std::vector<Address>& values,
                       const std::vector<std::uint8_t>& order)
{
    constexpr std::uint64_t before = 512;
    const auto write = [&](std::uint64_t at, auto value) {
        heap.memory().write(Address{at}, value);
    };
    const std::uint64_t at = heap.allocate(2 * before).value + before;
    const std::uint64_t items = at + layout.dict_values.items.offset;
    for (std::size_t i = 0; i < values.size(); ++i) {
        write(items + 8 * i, values[i]);
    }
    const auto size = static_cast<std::uint8_t>(order.size());
    const bool after = layout.dict_values.capacity.exists();
    if (after) {
        write(at + layout.dict_values.capacity.offset, static_cast<std::uint8_t>(values.size()));
        write(at + layout.dict_values.size.offset, size);
    } else {
        write(at - 2, size);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        write(after ? items + 8 * values.size() + i : at - 3 - i, order[i]);
    }
    return Address{at};
}

TEST_CASE("a split table is read in the order its values were set", "[objects]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    PythonHeap heap(layout);
    const Address a = heap.text("a");
    const Address b = heap.text("b");
    const Address c = heap.text("c");
    const Address keys = heap.keys({{a, {}}, {b, {}}, {c, {}}}, KeysKind::split);
    const auto read = [&](const std::vector<std::uint8_t>& order) {
        const Address values = ordered_values(heap, layout, {one, two, one}, order);
        std::vector<Address> found;
        for (const DictEntry& entry : walk_split(heap.memory(), layout, keys, values, {}).items) {
            found.push_back(entry.key);
        }
        return found;
    };

    CHECK(read({2, 0, 1}) == std::vector{c, a, b});
    CHECK(read({1}) == std::vector{b, a, c});
    // An order of what is not there, and one longer than the table, change nothing.
    CHECK(read({200, 77, 0}) == std::vector{a, b, c});
    CHECK(read(std::vector<std::uint8_t>(200, 2)).size() == 3);
}

}  // namespace
}  // namespace pycore::test
