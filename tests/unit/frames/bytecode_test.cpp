#include "frames/bytecode.hpp"

#include "support/bytecode_builder.hpp"
#include "support/catch.hpp"
#include "support/fake_memory.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

constexpr Address at{0x7f00'0000'1000};

std::vector<Instruction> read(const Layout& layout, const BytecodeBuilder& code)
{
    FakeMemory memory;
    memory.add_area(at, code.bytes().size());
    memory.write_bytes(at, std::as_bytes(std::span(code.bytes())));
    CodeObject object{.bytecode = at, .units = code.units()};
    const auto instructions = read_instructions(memory, layout, object, code.units());
    REQUIRE(instructions);
    return *instructions;
}

TEST_CASE("caches are no instructions", "[bytecode]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    code.add(OpcodeRole::load_global, 6);
    const auto call = code.add(OpcodeRole::call, 1);

    const auto instructions = read(layout, code);

    REQUIRE(instructions.size() == 2);
    CHECK(instructions[0].role == OpcodeRole::load_global);
    CHECK(instructions[0].argument == 6);
    CHECK(instructions[0].next == call);
    CHECK(instructions[1].unit == call);
    CHECK(instructions[1].next == code.units());
}

TEST_CASE("EXTENDED_ARG adds higher bits", "[bytecode]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    const auto unit = code.add(OpcodeRole::load_constant, 0x12345);
    code.add(OpcodeRole::load_local, 7);

    const auto instructions = read(layout, code);

    REQUIRE(instructions.size() == 2);
    CHECK(instructions[0].unit == unit);
    CHECK(instructions[0].argument == 0x12345);
    CHECK(instructions[1].argument == 7);
}

TEST_CASE("what an opcode hides ends the reading", "[bytecode]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    code.add(OpcodeRole::neutral);
    code.add(OpcodeRole::opaque);
    code.add(OpcodeRole::neutral);

    CHECK(read(layout, code).size() == 1);
}

TEST_CASE("the smallest loop around a place is found", "[bytecode]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    BytecodeBuilder code(layout);
    const auto outer = code.add(OpcodeRole::load_local, 1);
    const auto inner = code.add(OpcodeRole::load_local, 2);
    const auto body = code.add(OpcodeRole::call);
    code.jump_to(inner);
    const auto after = code.add(OpcodeRole::load_local, 3);
    code.jump_to(outer);
    const auto behind = code.add(OpcodeRole::load_local, 4);
    const auto instructions = read(layout, code);

    CHECK(find_loop(instructions, body)->first == inner);
    CHECK(find_loop(instructions, after)->first == outer);
    CHECK_FALSE(find_loop(instructions, behind));
}

TEST_CASE("a function without end is refused", "[bytecode]")
{
    const Layout& layout = *every_layout().front();
    FakeMemory memory;
    const CodeObject object{.bytecode = at, .units = INT64_MAX};
    CHECK(read_instructions(memory, layout, object, 10).fault().code == FaultCode::limit_reached);
}

}  // namespace
}  // namespace pycore::test
