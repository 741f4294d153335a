#include "values/value_printer.hpp"

#include "support/catch.hpp"
#include "support/values_process.hpp"
#include "values/known_types.hpp"

namespace pycore::test {
namespace {

constexpr std::int64_t huge = std::int64_t{1} << 60;

std::string at_hex(Address at)
{
    std::string digits;
    for (std::uint64_t rest = at.value; rest != 0; rest >>= 4) {
        digits.insert(digits.begin(), "0123456789abcdef"[rest & 0xF]);
    }
    return " at 0x" + digits + '>';
}

TEST_CASE("a list prints its items, and one inside itself as Python does", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address list =
            process.list({process.integer(7), process.text("it's"), process.integer(0)});
        const auto data = process.heap.memory().read<Address>(
            Address{list.value + layout->list.items.offset}, "items");
        process.heap.memory().write(Address{data.value().value + 16}, list);
        const Value value = process.print(list);
        CHECK(value.text == "[7, \"it's\", [...]]");
        CHECK(value.type == "list");
        CHECK_FALSE(value.truncated);
    }
}

TEST_CASE("the value of a secret key is redacted, however deep it lies", "[values][privacy]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const auto dict_of = [&](std::string_view key, Address value) {
            return process.typed(process.heap.dict({{process.text(key), value}}), "dict");
        };
        const Address inner = dict_of("password", process.text("hunter2!"));
        SecretFilter secrets;
        const Value value = process.print(process.list({dict_of("login", inner)}), secrets);
        CHECK(value.text == "[{'login': {'password': <redacted>}}]");
        CHECK(value.redacted);
        const Value number = process.print(dict_of("token", process.integer(4711)), secrets);
        CHECK(number.text == "{'token': <redacted>}");
        const Value other = process.print(dict_of("author", process.integer(7)), secrets);
        CHECK(other.text == "{'author': 7}");
        CHECK_FALSE(other.redacted);
        std::string elsewhere = "with hunter2! in it";
        CHECK(secrets.redact(elsewhere, "here"));
    }
}

TEST_CASE("limits cut containers, texts and depth, and say so", "[values]")
{
    ValuesProcess process(*every_layout().front());
    const Address one = process.integer(1);
    Limits limits;
    limits.max_value_items = 2;
    CHECK(process.print(process.list({one, one, one}), limits).text == "[1, 1, ...]");
    CHECK(process.print(process.list({one, one, one}), limits).truncated);
    CHECK_FALSE(process.print(process.list({one, one}), limits).truncated);
    limits.max_value_text = 3;
    CHECK(process.print(process.text("abcdef"), limits).text == "'abc'...");
    limits.max_value_depth = 2;
    const auto nested = process.print(process.list({process.list({process.list({})})}), limits);
    CHECK(nested.text == "[[[...]]]");
    CHECK(nested.truncated);
}

TEST_CASE("what a size promises is not believed", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const std::int64_t size = GENERATE(std::int64_t{-1}, huge, INT64_MIN, INT64_MAX);
        const Address list = process.list({process.integer(1)});
        process.heap.set(list, layout->list.size, size);
        CHECK(process.print(list).text.starts_with("<corrupt: "));
        const Address set = process.object("set", 256);
        process.heap.set(set, layout->set.used, size);
        process.heap.set(set, layout->set.mask, size);
        process.heap.set(set, layout->set.table, set);
        CHECK(process.print(set).text.starts_with("<corrupt: "));
        const Address text = process.text("abc");
        process.heap.set(text, layout->text.length, size);
        CHECK(process.print(text).text.starts_with("<corrupt: "));
        const Address bytes = process.typed(process.heap.bytes("abc"), "bytes");
        process.heap.set(bytes, layout->bytes.size, size);
        CHECK(process.print(bytes).text.starts_with("<corrupt: "));
    }
}

TEST_CASE("an int with more digits than its memory has is not printed", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const std::int64_t digits = GENERATE(std::int64_t{400}, huge);
        const Address number = process.integer(1);
        if (layout->integer.tag.exists()) {
            process.heap.set(number, layout->integer.tag, static_cast<std::uint64_t>(digits) << 3);
        } else {
            process.heap.set(number, layout->integer.signed_size, -digits);
        }
        const std::string text = process.print(number).text;
        CHECK(text.ends_with(at_hex(number)));
        CHECK(text.starts_with(digits == 400 ? "<corrupt: int object not mapped"
                                             : "<int object too"));
    }
}

TEST_CASE("what is no object is corrupt, and says why", "[values]")
{
    ValuesProcess process(*every_layout().front());
    const Layout& layout = process.layout;
    CHECK(process.print({}).text == "<corrupt: null pointer at 0x0>");
    CHECK(process.print(Address{0x1001}).text == "<corrupt: misaligned pointer at 0x1001>");
    CHECK(process.print(Address{0x1000}).text == "<corrupt: not mapped at 0x1000>");
    CHECK(process.print(Address{0xDDDD'DDDD'DDDD'DDDD}).text ==
          "<corrupt: freed memory at 0xdddddddddddddddd>");
    const Address number = process.integer(1);
    process.heap.set(number, layout.object.type, Address{0xCDCD'CDCD'CDCD'CDCD});
    CHECK(process.print(number).text == "<corrupt: uninitialised memory" + at_hex(number));
    process.heap.set(number, layout.object.type, process.integer(1));
    CHECK(process.print(number).text == "<corrupt: its type is no type" + at_hex(number));
    const Address freed = process.integer(1);
    process.heap.set(freed, Field<std::uint64_t>{layout.object.type.offset - 8}, std::uint64_t{0});
    CHECK(process.print(freed).text == "<corrupt: freed object" + at_hex(freed));
    CHECK(process.print(freed).type.empty());
    CHECK(process.print(process.list({number, {}})).text ==
          "[<corrupt: its type is no type" + at_hex(number) + ", <corrupt: null pointer at 0x0>]");
}

TEST_CASE("a type that claims what it is not costs no more than its value", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        // Prints as a dict, says it is an int.
        const auto repr = process.heap.memory().read<Address>(
            Address{process.types["dict"].value + layout->type.repr.offset}, "repr");
        const Address liar = process.new_type(type_flag::integer, repr.value().value);
        const Address at = process.object("list");
        process.heap.set(at, layout->object.type, liar);
        CHECK(process.print(at).text == "<corrupt: bad dict object" + at_hex(at));
    }
}

TEST_CASE("objects that hold themselves without Python's notice end somewhere", "[values]")
{
    ValuesProcess process(*every_layout().front());
    const Layout& layout = process.layout;
    const Address slice = process.object("slice");
    process.heap.set(slice, layout.slice.start, slice);
    process.heap.set(slice, layout.slice.stop, slice);
    process.heap.set(slice, layout.slice.step, slice);
    Limits limits;
    limits.max_value_bytes = 2000;
    limits.max_value_depth = 1'000'000;
    const Value value = process.print(slice, limits);
    CHECK(value.truncated);
    CHECK(value.text.size() < 5000);
    // A list of lists of lists, each with a hundred times the same.
    Address wide = process.list(std::vector<Address>(100, process.integer(1)));
    for (int level = 0; level < 40; ++level) {
        wide = process.list(std::vector<Address>(100, wide));
    }
    const Value bomb = process.print(wide, limits);
    CHECK(bomb.truncated);
    CHECK(bomb.text.size() < 5000);
}

TEST_CASE("a set prints in the order of its table, without the places once used", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address set = process.object("set", 256);
        const std::vector<std::uint64_t> table = {
            process.integer(9).value, 9, 0, 0, process.integer(5).value, ~std::uint64_t{0},
            process.integer(3).value, 3};
        const Address places = process.heap.allocate(table.size() * 8);
        process.heap.memory().write_bytes(places, std::as_bytes(std::span(table)));
        process.heap.set(set, layout->set.used, std::int64_t{2});
        process.heap.set(set, layout->set.mask, std::int64_t{3});
        process.heap.set(set, layout->set.table, places);
        CHECK(process.print(set).text == "{9, 3}");
        process.heap.set(set, layout->set.mask, std::int64_t{2});
        CHECK(process.print(set).text == "<corrupt: bad set object" + at_hex(set));
    }
}

TEST_CASE("an object of a class is named by its module and class", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address type = process.new_type(type_flag::heap_type, 0x77'0000);
        process.heap.set(type, layout->type.heap_qualified_name, process.text("Shop.Order"));
        const Address at = process.object("list");
        process.heap.set(at, layout->object.type, type);
        CHECK(process.print(at).text == "<Shop.Order object" + at_hex(at));
        const Address dict = process.typed(
            process.heap.dict({{process.text("__module__"), process.text("app")}}), "dict");
        process.heap.set(type, layout->type.dict, dict);
        CHECK(process.print(at).text == "<app.Shop.Order object" + at_hex(at));
        CHECK(process.print(at).type == "app.Shop.Order");
    }
}

TEST_CASE("attributes stand beside an object that does not tell them", "[values]")
{
    for (const Layout* layout : every_layout()) {
        INFO(name_of(*layout));
        ValuesProcess process(*layout);
        const Address at = process.heap.instance({{process.text("count"), process.integer(3)},
                                                  {process.text("name"), process.text("it's")}});
        const auto type = process.heap.memory().read<Address>(
            Address{at.value + layout->object.type.offset}, "type");
        process.heap.set(type.value(), layout->object.type, process.type_type);
        process.typed(at, "");
        const PrintedObject object = process.print_with_attributes(at);
        REQUIRE(object.attributes.size() == 2);
        CHECK(object.attributes[0].name == "count");
        CHECK(object.attributes[0].value.text == "3");
        CHECK(object.attributes[1].value.text == "\"it's\"");
        Limits limits;
        limits.max_value_items = 1;
        const PrintedObject cut = process.print_with_attributes(at, limits);
        CHECK(cut.attributes.size() == 1);
        CHECK(cut.value.truncated);
    }
}

TEST_CASE("all values together look at no more places than the budget has", "[values]")
{
    ValuesProcess process(*every_layout().front());
    const Address dict =
        process.typed(process.heap.dict({{process.text("a"), process.integer(1)}}), "dict");
    const Limits limits;
    Budget budget(limits);
    budget.value_slots = 2;
    ValuePrinter printer(process.heap.memory(), process.layout, process.interpreter, limits,
                         budget);
    CHECK(printer.print(dict).text == "{'a': 1}");
    CHECK(printer.print(dict).truncated);
}

TEST_CASE("nothing prints after the deadline", "[values]")
{
    ValuesProcess process(*every_layout().front());
    Limits limits;
    limits.max_time = {};
    const Value value = process.print(process.integer(1), limits);
    CHECK(value.text == "...");
    CHECK(value.truncated);
}

}  // namespace
}  // namespace pycore::test
