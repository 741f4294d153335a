#include "crash/x86_step.hpp"

namespace pycore::x86 {

Step::Step(const Instruction& instruction, std::span<const std::uint8_t> bytes, FlowState& state)
    : instruction_(instruction), effects_(instruction, bytes, state)
{
    flow_.length = instruction.length;
}

std::optional<Flow> Step::run()
{
    if (instruction_.encoding != Encoding::legacy || instruction_.address_32) {
        return std::nullopt;
    }
    const std::uint8_t opcode = instruction_.opcode;
    const bool done = (instruction_.map == Map::primary && primary(opcode)) ||
                      (instruction_.map == Map::map_0f && escaped(opcode));
    return done && effects_.known() ? std::optional(flow_) : std::nullopt;
}

bool Step::primary(std::uint8_t opcode)
{
    const std::uint8_t number = effects_.opcode_register();
    switch (opcode & 0xF8) {
    case 0x50: return push(effects_.register_value(number));
    case 0x58: effects_.set(number, effects_.pop()); return !instruction_.operand_16;
    case 0x70:
    case 0x78: return jump(1, true);
    case 0xB0: effects_.set_byte(number); return true;
    case 0xB8: return forget(number);
    default: return opcode < 0x40 ? arithmetic(opcode) : other(opcode);
    }
}

bool Step::other(std::uint8_t opcode)
{
    switch (opcode) {
    case 0x63:
    case 0x69:
    case 0x6B: return forget(effects_.reg());
    case 0x68:
    case 0x6A: return push({});
    case 0x81: return arithmetic_immediate(instruction_.operand_16 ? 2 : 4);
    case 0x83: return arithmetic_immediate(1);
    case 0x84:
    case 0x85:
    case 0xA8:
    case 0xA9: return true;
    case 0x89: return write(instruction_.wide ? effects_.register_value(effects_.reg()) : Value{});
    case 0x8A: effects_.set_byte(effects_.reg()); return true;
    case 0x8B:
        effects_.set(effects_.reg(), instruction_.wide ? effects_.operand() : Value{});
        return true;
    case 0x8D:
        effects_.set(effects_.reg(), instruction_.wide ? effects_.address() : Value{});
        return true;
    case 0x90: return effects_.opcode_register() == reg::rax;
    case 0x98: return forget(reg::rax);
    case 0x99: return forget(reg::rdx);
    case 0xA4:
    case 0xA5:
    case 0xAA:
    case 0xAB: effects_.write_string(); return true;
    case 0x80: return instruction_.reg == 7 || write_byte();
    case 0x88:
    case 0xC0:
    case 0xC6:
    case 0xD0:
    case 0xD2:
    case 0xFE: return write_byte();
    case 0xC1:
    case 0xC7:
    case 0xD1:
    case 0xD3: return write({});
    case 0xF6:
    case 0xF7: return multiply_or_test();
    default: return control(opcode);
    }
}

bool Step::control(std::uint8_t opcode)
{
    switch (opcode) {
    case 0xC9: return leave();
    case 0xE8: return call();
    case 0xE9: return jump(4, false);
    case 0xEB: return jump(1, false);
    case 0xC3:
    case 0xCC:
    case 0xF4: return stop();
    case 0xFF: return group_of_ff();
    default: return false;
    }
}

}  // namespace pycore::x86
