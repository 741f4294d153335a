#include "values/frame_variables.hpp"

#include "support/catch.hpp"
#include "support/values_process.hpp"

using pycore::Address;
using pycore::ArgumentKind;
using pycore::Budget;
using pycore::Field;
using pycore::FrameVariables;
using pycore::Layout;
using pycore::Limits;
using pycore::Variable;
using pycore::VariableKind;
using pycore::test::ValuesProcess;

namespace {

constexpr char local = 0x20;
constexpr char cell = 0x40;
constexpr char free_variable = static_cast<char>(0x80);
constexpr char hidden = 0x10;

/// What a code object says about its slots.
struct NamesShape {
    std::vector<std::string> names;
    std::string kinds;
    std::int32_t arguments = 0;
    std::int32_t positional_only = 0;
    std::int32_t keyword_only = 0;
    std::int32_t flags = 1;
};

class FrameProcess : public ValuesProcess {
public:
    using ValuesProcess::ValuesProcess;

    Address tuple(const std::vector<Address>& items)
    {
        const Address at = object("tuple", layout.tuple.items.offset + 8 * items.size());
        heap.set(at, layout.tuple.size, static_cast<std::int64_t>(items.size()));
        for (std::size_t i = 0; i < items.size(); ++i) {
            heap.set(at,
                     Field<Address>{layout.tuple.items.offset + 8 * static_cast<std::uint32_t>(i)},
                     items[i]);
        }
        return at;
    }

    Address code(const NamesShape& shape)
    {
        const Address at = heap.code({});
        std::vector<Address> names;
        for (const std::string& name : shape.names) {
            names.push_back(text(name));
        }
        heap.set(at, layout.code.locals_plus_count, static_cast<std::int32_t>(names.size()));
        heap.set(at, layout.code.locals_plus_names, tuple(names));
        heap.set(at, layout.code.locals_plus_kinds, typed(heap.bytes(shape.kinds), "bytes"));
        heap.set(at, layout.code.argument_count, shape.arguments);
        heap.set(at, layout.code.positional_only_count, shape.positional_only);
        heap.set(at, layout.code.keyword_only_count, shape.keyword_only);
        heap.set(at, layout.code.flags, shape.flags);
        return at;
    }

    /// A frame with these words in its slots.
    Address frame(const std::vector<Address>& words)
    {
        const Address at = heap.allocate(layout.frame.locals_plus.offset + 8 * words.size() + 8);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto place = static_cast<std::uint32_t>(8 * i);
            heap.set(at, Field<Address>{layout.frame.locals_plus.offset + place}, words[i]);
        }
        return at;
    }

    Address cell_of(Address value)
    {
        constexpr std::uint64_t has_gc = 1 << 14;
        const Address type = new_type(has_gc, 0);
        heap.set(type, layout.type.basic_size, layout.cell.value.offset + std::int64_t{8});
        const Address at = typed(heap.allocate(layout.cell.value.offset + 8U), "");
        heap.set(at, layout.object.type, type);
        heap.set(at, layout.cell.value, value);
        return at;
    }

    FrameVariables read(Address frame_at, Address code_at, const Limits& limits = {})
    {
        Budget budget(limits);
        pycore::SecretFilter filter;
        pycore::ValuePrinter printer(heap.memory(), layout, interpreter, limits, budget);
        return pycore::VariableReader(heap.memory(), layout, printer, limits, budget, filter)
            .read_locals({.frame = frame_at, .code = code_at});
    }
};

std::vector<std::string> texts(const FrameVariables& variables)
{
    std::vector<std::string> all;
    for (const Variable& variable : variables.locals) {
        all.push_back(variable.name + '=' + (variable.bound ? variable.value.text : "unbound"));
    }
    return all;
}

}  // namespace

TEST_CASE("arguments are told apart by the code object", "[variables]")
{
    const Layout& layout = *GENERATE(from_range(pycore::test::every_layout()));
    INFO(pycore::test::name_of(layout));
    FrameProcess process(layout);
    constexpr std::int32_t both_stars = 4 | 8 | 1;
    const Address code = process.code({.names = {"a", "b", "c", "rest", "more", "own"},
                                       .kinds = std::string(6, local),
                                       .arguments = 2,
                                       .positional_only = 1,
                                       .keyword_only = 1,
                                       .flags = both_stars});
    const Address one = process.integer(1);

    const FrameVariables read =
        process.read(process.frame({one, one, one, one, one, Address{}}), code);

    REQUIRE(read.locals.size() == 6);
    CHECK(read.complete);
    CHECK(read.locals[0].argument == ArgumentKind::positional_only);
    CHECK(read.locals[1].argument == ArgumentKind::positional_or_keyword);
    CHECK(read.locals[2].argument == ArgumentKind::keyword_only);
    CHECK(read.locals[3].argument == ArgumentKind::var_positional);
    CHECK(read.locals[4].argument == ArgumentKind::var_keyword);
    CHECK(read.locals[4].kind == VariableKind::argument);
    CHECK(read.locals[5].kind == VariableKind::local);
    CHECK_FALSE(read.locals[5].argument);
    CHECK_FALSE(read.locals[5].bound);
}

TEST_CASE("cells are unwrapped, and a hidden name is there only with a value", "[variables]")
{
    const Layout& layout = *GENERATE(from_range(pycore::test::every_layout()));
    INFO(pycore::test::name_of(layout));
    FrameProcess process(layout);
    const Address code = process.code(
        {.names = {"shared", "own", "outer", "empty", "gone", "there"},
         .kinds = {local | cell, cell, free_variable, cell, local | hidden, local | hidden},
         .arguments = 1});
    const Address two = process.integer(2);

    const FrameVariables read = process.read(
        process.frame({process.cell_of(two), process.cell_of(process.text("x")),
                       process.cell_of(process.integer(3)), process.cell_of({}), Address{}, two}),
        code);

    CHECK(texts(read) ==
          std::vector<std::string>{"shared=2", "own='x'", "outer=3", "empty=unbound", "there=2"});
    CHECK(read.locals[0].kind == VariableKind::argument);
    CHECK(read.locals[1].kind == VariableKind::cell);
    CHECK(read.locals[2].kind == VariableKind::free);
}

TEST_CASE("tag bits are no part of a reference", "[variables]")
{
    const Layout& layout = *GENERATE(from_range(pycore::test::every_layout()));
    INFO(pycore::test::name_of(layout));
    FrameProcess process(layout);
    if (layout.frame.tag_mask == 0) {
        return;
    }
    const Address code =
        process.code({.names = {"borrowed", "null", "number"}, .kinds = std::string(3, local)});

    const FrameVariables read = process.read(
        process.frame({Address{process.integer(5).value | 1}, Address{1}, Address{(4 << 2) | 3}}),
        code);

    CHECK(texts(read) == std::vector<std::string>{"borrowed=5", "null=unbound", "number=unbound"});
}

TEST_CASE("the value of a secret's name is not shown", "[variables][privacy]")
{
    const Layout& layout = *pycore::test::every_layout().front();
    FrameProcess process(layout);
    const Address code = process.code(
        {.names = {"password", "author", "auth_token"}, .kinds = std::string(3, local)});

    const FrameVariables read =
        process.read(process.frame({process.text("hunter2"), process.text("me"), Address{}}), code);

    CHECK(texts(read) ==
          std::vector<std::string>{"password=<redacted>", "author='me'", "auth_token=unbound"});
    CHECK(read.locals[0].value.redacted);
    CHECK(read.locals[0].value.type == "str");
}

TEST_CASE("an object under a secret's name keeps its attributes to itself", "[variables][privacy]")
{
    const Layout& layout = *pycore::test::every_layout().back();
    FrameProcess process(layout);
    const Address code =
        process.code({.names = {"session", "other"}, .kinds = std::string(2, local)});
    const Address object =
        process.typed(process.heap.instance({{process.text("user"), process.text("bob")}}), "");
    const Address type = pycore::read_type(process.heap.memory(), layout, object).value();
    process.heap.set(type, layout.object.type, process.type_type);

    const FrameVariables read = process.read(process.frame({object, object}), code);

    REQUIRE(read.locals.size() == 2);
    CHECK(read.locals[0].attributes.empty());
    CHECK(read.locals[0].value.redacted);
    REQUIRE(read.locals[1].attributes.size() == 1);
    CHECK(read.locals[1].attributes[0].value.text == "'bob'");
    CHECK_FALSE(read.locals[1].value.redacted);
}

TEST_CASE("a code object that contradicts itself gives no variables", "[variables]")
{
    const Layout& layout = *GENERATE(from_range(pycore::test::every_layout()));
    INFO(pycore::test::name_of(layout));
    FrameProcess process(layout);
    const Address frame = process.frame({process.integer(1)});
    const Address code = process.code({.names = {"a"}, .kinds = std::string(1, local)});

    SECTION("another number of names")
    {
        process.heap.set(code, layout.code.locals_plus_count, std::int32_t{1 << 30});
    }
    SECTION("a negative number of names")
    {
        process.heap.set(code, layout.code.locals_plus_count, std::int32_t{-1});
    }
    SECTION("names that are no tuple")
    {
        process.heap.set(code, layout.code.locals_plus_names, process.integer(1));
    }
    SECTION("fewer kinds than names")
    {
        process.heap.set(code, layout.code.locals_plus_kinds,
                         process.typed(process.heap.bytes(""), "bytes"));
    }
    SECTION("more arguments of one kind than of all")
    {
        process.heap.set(code, layout.code.positional_only_count, std::int32_t{2});
    }
    const FrameVariables read = process.read(frame, code);
    CHECK(read.locals.empty());
    CHECK_FALSE(read.complete);
}

TEST_CASE("limits cut the variables of a frame", "[variables]")
{
    const Layout& layout = *pycore::test::every_layout().back();
    FrameProcess process(layout);
    const Address code = process.code({.names = {"a", "b", "c"}, .kinds = std::string(3, local)});
    const Address one = process.integer(1);
    const Address frame = process.frame({one, one, one});
    Limits limits;

    SECTION("their number")
    {
        limits.max_locals = 2;
        CHECK(texts(process.read(frame, code, limits)) == std::vector<std::string>{"a=1", "b=1"});
    }
    SECTION("what all values may take together")
    {
        limits.max_total_value_bytes = 1;
        CHECK(texts(process.read(frame, code, limits)) == std::vector<std::string>{"a=1"});
    }
    SECTION("time")
    {
        limits.max_time = std::chrono::milliseconds(-1);
        CHECK(process.read(frame, code, limits).locals.empty());
    }
    CHECK_FALSE(process.read(frame, code, limits).complete);
}
