#include <span>

#include "support/catch.hpp"
#include "support/values_process.hpp"
#include "values/value_printer.hpp"

namespace pycore::test {
namespace {

constexpr std::int64_t huge = std::int64_t{1} << 60;

/// A class of a module written in C: it has its own `__repr__`, which is no function of Python.
Address c_type(ValuesProcess& process,
               const std::string& module,
               const std::string& name,
               std::uint64_t flags = 0)
{
    const Address type = process.new_type(flags | type_flag::heap_type, process.next_repr += 16);
    const Address dict =
        process.typed(process.heap.dict({{process.text("__module__"), process.text(module)},
                                         {process.text("__repr__"), process.integer(1)}}),
                      "dict");
    process.heap.set(type, process.layout.type.dict, dict);
    process.heap.set(type, process.layout.type.heap_qualified_name, process.text(name));
    process.heap.set(type, process.layout.type.heap_name, process.text(name));
    return type;
}

Address object_of(ValuesProcess& process, Address type, std::size_t size)
{
    const Address at = process.typed(process.heap.allocate(size), "");
    process.heap.set(at, process.layout.object.type, type);
    return at;
}

void set_word(ValuesProcess& process, Address at, std::uint64_t offset, std::uint64_t value)
{
    process.heap.memory().write(Address{at.value + offset}, value);
}

/// A deque of one block, which goes on in itself.
Address ring(ValuesProcess& process, std::int64_t size, std::int64_t first_index)
{
    const Address at = object_of(process, c_type(process, "collections", "deque"), 128);
    const Address block = process.heap.allocate(66 * 8);
    const Address item = process.integer(7);
    for (std::uint64_t index = 1; index <= 64; ++index) {
        set_word(process, block, index * 8, item.value);
    }
    set_word(process, block, 65 * 8, block.value);
    const std::uint64_t header = process.layout.object.size;
    set_word(process, at, header, static_cast<std::uint64_t>(size));
    set_word(process, at, header + 8, block.value);
    set_word(process, at, header + 24, static_cast<std::uint64_t>(first_index));
    set_word(process, at, header + 48, ~std::uint64_t{0});
    return at;
}

TEST_CASE("a deque of blocks in a circle ends at the limit", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        CHECK(process.print(ring(process, 2, 63)).text == "deque([7, 7])");
        const Value value = process.print(ring(process, huge, 1));
        CHECK(value.truncated);
        CHECK(value.text.ends_with("7, ...])"));
        CHECK(value.text.size() < 400);
        for (const std::int64_t index : {std::int64_t{-1}, std::int64_t{64}, huge}) {
            CHECK(process.print(ring(process, 2, index)).text.starts_with("<corrupt: bad deque"));
        }
        CHECK(process.print(ring(process, -2, 0)).text.starts_with("<corrupt: bad deque"));
    }
}

/// With two entries, whose nodes are in a circle, the second one first.
Address ordered_dict(ValuesProcess& process)
{
    const Layout& layout = process.layout;
    const Address first = process.text("a");
    const Address second = process.text("b");
    const Address dict = process.typed(
        process.heap.dict({{first, process.integer(1)}, {second, process.integer(2)}}), "dict");
    const Address type = c_type(process, "collections", "OrderedDict", type_flag::dict);
    const Address at = object_of(process, type, layout.dict.size + 64);
    const auto keys =
        process.heap.memory().read<Address>(Address{dict.value + layout.dict.keys.offset}, "keys");
    process.heap.set(at, layout.dict.keys, keys.value());
    const Address nodes = process.heap.allocate(64);
    set_word(process, nodes, 0, second.value);
    set_word(process, nodes, 16, nodes.value + 32);
    set_word(process, nodes, 32, first.value);
    set_word(process, nodes, 48, nodes.value);
    set_word(process, at, layout.dict.size, nodes.value);
    return at;
}

TEST_CASE("the nodes of an OrderedDict give its order, also in a circle", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address at = ordered_dict(process);
        CHECK(process.print(at).text == (layout->ordered_dict.prints_pairs != 0
                                             ? "OrderedDict([('b', 2), ('a', 1)])"
                                             : "OrderedDict({'b': 2, 'a': 1})"));
        // Nodes that cannot be read leave the order of the dict.
        set_word(process, at, layout->dict.size, 0x10);
        CHECK(process.print(at).text.find("'a'") < process.print(at).text.find("'b'"));
    }
}

TEST_CASE("a Decimal has no more digits than its memory", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address type = c_type(process, "decimal", "Decimal");
        const auto make = [&](std::int64_t words, std::uint64_t exponent, std::uint8_t flags) {
            const Address at = object_of(process, type, 128);
            const std::uint64_t number = layout->object.size + 8;
            const Address digits = process.heap.allocate(8);
            set_word(process, digits, 0, 125);
            set_word(process, at, number, flags);
            set_word(process, at, number + 8, exponent);
            set_word(process, at, number + 16, 3);
            set_word(process, at, number + 24, static_cast<std::uint64_t>(words));
            set_word(process, at, number + 40, digits.value);
            return process.print(at).text;
        };
        CHECK(make(1, static_cast<std::uint64_t>(-2), 1) == "Decimal('-1.25')");
        CHECK(make(1, 7, 0) == "Decimal('1.25E+9')");
        CHECK(make(2, 0, 0).starts_with("<corrupt: digits of a Decimal not mapped"));
        CHECK(make(-1, 0, 0).starts_with("<corrupt: bad Decimal"));
        CHECK(make(huge, 0, 0).starts_with("<Decimal object too large"));
        CHECK(make(1, std::uint64_t{1} << 63, 0).starts_with("<corrupt: bad Decimal"));
    }
}

TEST_CASE("an array of items that no array has is corrupt", "[values]")
{
    ValuesProcess process(*every_layout().front());
    const Address type = c_type(process, "array", "array");
    const auto make = [&](std::uint64_t description, std::int64_t size) {
        const Address at = object_of(process, type, 128);
        const Address described = process.heap.allocate(8);
        set_word(process, described, 0, description);
        set_word(process, at, process.layout.object.size, static_cast<std::uint64_t>(size));
        set_word(process, at, process.layout.object.size + 8, described.value);
        set_word(process, at, process.layout.object.size + 24, described.value);
        return process.print(at).text;
    };
    CHECK(make(std::uint64_t{4} << 32 | 'i', 1) == "array('i', [105])");
    CHECK(make(std::uint64_t{8} << 32 | 'i', 1).starts_with("<corrupt: bad array"));
    CHECK(make(std::uint64_t{4} << 32 | 'z', 1).starts_with("<corrupt: bad array"));
    CHECK(make(std::uint64_t{4} << 32 | 'i', -1).starts_with("<corrupt: bad array"));
    CHECK(make(std::uint64_t{4} << 32 | 'i', huge).starts_with("<corrupt: items of an array"));
}

TEST_CASE("a reference count that no process reaches is corruption", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address number = process.integer(1);
        const Field<std::uint64_t> count{layout->object.type.offset - 8};
        for (const std::uint64_t word : {~std::uint64_t{0}, std::uint64_t{1} << 63,
                                         std::uint64_t{1} << 40, ~std::uint64_t{4}}) {
            process.heap.set(number, count, word);
            CHECK(process.print(number).text.starts_with("<corrupt: reference count out of"));
        }
        for (const std::uint64_t word :
             {std::uint64_t{1}, std::uint64_t{0xFFFF'FFFF}, std::uint64_t{0x0005'0000'C000'0000},
              std::uint64_t{1'000'000'007}, std::uint64_t{70'001}}) {
            process.heap.set(number, count, word);
            CHECK(process.print(number).text == "1");
        }
    }
}

TEST_CASE("a method resolution order is not believed", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address type = process.new_type(type_flag::heap_type, 0x77'0000);
        process.heap.set(type, layout->type.heap_qualified_name, process.text("Order"));
        const Address mro = process.object("tuple", layout->tuple.items.offset + 100 * 8);
        for (std::uint64_t index = 0; index < 100; ++index) {
            set_word(process, mro, layout->tuple.items.offset + index * 8,
                     index % 2 == 0 ? type.value : mro.value);
        }
        process.heap.set(type, layout->type.mro, mro);
        const Address at = object_of(process, type, 64);
        for (const std::int64_t size : {std::int64_t{100}, huge, std::int64_t{-1}}) {
            process.heap.set(mro, layout->tuple.size, size);
            const PrintedObject object = process.print_with_attributes(at);
            CHECK(object.value.text.starts_with("<Order object at 0x"));
            CHECK(object.attributes.empty());
        }
    }
}

TEST_CASE("the dict at the end of an int is where its digits end", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address type = process.new_type(type_flag::heap_type | type_flag::integer, 0x77'0000);
        process.heap.set(type, layout->type.heap_qualified_name, process.text("Count"));
        process.heap.set(type, layout->type.dict_offset, std::int64_t{-8});
        process.heap.set(type, layout->type.basic_size, std::int64_t{32});
        process.heap.set(type, layout->type.item_size, std::int64_t{4});
        const Address at = object_of(process, type, 64);
        const auto set_digits = [&](std::int64_t digits) {
            if (layout->integer.tag.exists()) {
                process.heap.set(at, layout->integer.tag, static_cast<std::uint64_t>(digits) << 3);
            } else {
                process.heap.set(at, layout->integer.signed_size, -digits);
            }
        };
        const Address dict =
            process.typed(process.heap.dict({{process.text("unit"), process.text("m")}}), "dict");
        set_word(process, at, 32, dict.value);  // 32 + 2 digits is 40, less 8
        set_digits(2);
        REQUIRE(process.print_with_attributes(at).attributes.size() == 1);
        CHECK(process.print_with_attributes(at).attributes[0].name == "unit");
        for (const std::int64_t digits : {huge, std::int64_t{1} << 39, std::int64_t{1000}}) {
            set_digits(digits);
            CHECK(process.print_with_attributes(at).attributes.empty());
        }
    }
}

}  // namespace
}  // namespace pycore::test
