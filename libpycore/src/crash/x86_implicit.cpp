#include "crash/x86_implicit.hpp"

namespace pycore::x86 {
namespace {

using Kind = MemoryAccess::Kind;

Operand at_register(std::uint8_t base, Kind kind, std::uint32_t size)
{
    return {.kind = kind, .addressing = {.base = base}, .size = size};
}

Operand pushed(std::uint32_t size)
{
    Operand operand = at_register(reg::rsp, Kind::write, size);
    operand.addressing.displacement = -std::int64_t{size};
    return operand;
}

Operand popped(std::uint32_t size)
{
    return at_register(reg::rsp, Kind::read, size);
}

/// What a string instruction reads; only this can be in another segment.
Operand source(const Instruction& instruction, std::uint32_t size)
{
    Operand operand = at_register(reg::rsi, Kind::read, size);
    operand.addressing.segment = instruction.addressing.segment;
    operand.repeated = instruction.repeated;
    return operand;
}

Operand destination(const Instruction& instruction, Kind kind, std::uint32_t size)
{
    Operand operand = at_register(reg::rdi, kind, size);
    operand.repeated = instruction.repeated;
    return operand;
}

void append_string(const Instruction& instruction, std::vector<Operand>& operands)
{
    const std::uint32_t whole = instruction.wide ? 8 : instruction.operand_16 ? 2 : 4;
    const std::uint32_t size = instruction.opcode % 2 == 0 ? 1 : whole;
    switch (instruction.opcode & 0xFE) {
    case 0xA4:  // movs
        operands.push_back(source(instruction, size));
        operands.push_back(destination(instruction, Kind::write, size));
        break;
    case 0xA6:  // cmps
        operands.push_back(source(instruction, size));
        operands.push_back(destination(instruction, Kind::read, size));
        break;
    case 0xAA: operands.push_back(destination(instruction, Kind::write, size)); break;  // stos
    case 0xAC: operands.push_back(source(instruction, size)); break;                    // lods
    case 0xAE: operands.push_back(destination(instruction, Kind::read, size)); break;   // scas
    case 0xA0:  // mov from an address that stands in the instruction
    case 0xA2:
        operands.push_back({.kind = instruction.opcode < 0xA2 ? Kind::read : Kind::write,
                            .addressing = instruction.addressing,
                            .size = size});
        break;
    default: break;
    }
}

Operand table_entry(const Instruction& instruction)
{
    Operand operand = at_register(reg::rbx, Kind::read, 1);
    operand.addressing.index = reg::rax;
    operand.addressing.byte_index = true;
    operand.addressing.segment = instruction.addressing.segment;
    return operand;
}

/// `pop` computes the address of its operand after it has moved rsp.
Operand pop_destination(const Instruction& instruction)
{
    Operand operand{.kind = Kind::write,
                    .addressing = instruction.addressing,
                    .size = instruction.stack_size()};
    if (operand.addressing.base == reg::rsp) {
        operand.addressing.displacement += operand.size;
    }
    return operand;
}

void append_group_5(const Instruction& instruction, std::vector<Operand>& operands)
{
    constexpr std::uint8_t call = 2;
    constexpr std::uint8_t push = 6;
    if (instruction.reg == call) {
        operands.push_back(pushed(8));
    } else if (instruction.reg == push) {
        if (instruction.on_memory) {
            operands.push_back({.kind = Kind::read,
                                .addressing = instruction.addressing,
                                .size = instruction.stack_size()});
        }
        operands.push_back(pushed(instruction.stack_size()));
    }
}

void append_primary(const Instruction& instruction, std::vector<Operand>& operands)
{
    const std::uint32_t size = instruction.stack_size();
    const std::uint8_t opcode = instruction.opcode;
    if (opcode >= 0xA0 && opcode <= 0xAF && opcode != 0xA8 && opcode != 0xA9) {
        append_string(instruction, operands);
        return;
    }
    switch (opcode) {
    case 0x68:
    case 0x6A:
    case 0x9C: operands.push_back(pushed(size)); return;
    case 0x8F:
        if (instruction.on_memory) {
            operands.push_back(pop_destination(instruction));
        }
        [[fallthrough]];
    case 0x9D: operands.push_back(popped(size)); return;
    case 0xC2:
    case 0xC3: operands.push_back(popped(8)); return;
    case 0xC8: operands.push_back(pushed(size)); return;                             // enter
    case 0xC9: operands.push_back(at_register(reg::rbp, Kind::read, size)); return;  // leave
    case 0xD7: operands.push_back(table_entry(instruction)); return;                 // xlat
    case 0xE8: operands.push_back(pushed(8)); return;                                // call
    case 0xFF: append_group_5(instruction, operands); return;
    default: break;
    }
    if (opcode >> 4 == 5) {
        operands.push_back(opcode < 0x58 ? pushed(size) : popped(size));
    }
}

void append_0f(const Instruction& instruction, std::vector<Operand>& operands)
{
    const std::uint32_t size = instruction.stack_size();
    switch (instruction.opcode) {
    case 0xA0:  // push and pop of fs and gs
    case 0xA8: operands.push_back(pushed(size)); break;
    case 0xA1:
    case 0xA9: operands.push_back(popped(size)); break;
    case 0xF7:  // maskmovq, maskmovdqu
        operands.push_back(
            at_register(reg::rdi, Kind::write, instruction.mandatory == Mandatory::none ? 8 : 16));
        operands.back().addressing.segment = instruction.addressing.segment;
        break;
    default: break;
    }
}

}  // namespace

void append_implicit_operands(const Instruction& instruction, std::vector<Operand>& operands)
{
    if (instruction.map == Map::primary) {
        append_primary(instruction, operands);
    } else if (instruction.map == Map::map_0f) {
        append_0f(instruction, operands);
    }
}

}  // namespace pycore::x86
