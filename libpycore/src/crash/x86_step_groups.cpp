#include "crash/x86_step.hpp"

namespace pycore::x86 {

bool Step::arithmetic(std::uint8_t opcode)
{
    constexpr std::uint8_t compare = 0x38;
    if (opcode >= compare) {
        return true;
    }
    switch (opcode & 7) {
    case 0: return write_byte();
    case 1: return write({});
    case 2: effects_.set_byte(effects_.reg()); return true;
    case 3: return forget(effects_.reg());
    case 4:
    case 5: return forget(reg::rax);
    default: return false;
    }
}

/// Also how the stack grows and shrinks.
bool Step::arithmetic_immediate(unsigned size)
{
    constexpr std::uint8_t add = 0;
    constexpr std::uint8_t subtract = 5;
    constexpr std::uint8_t compare = 7;
    Value value = instruction_.on_memory || !instruction_.wide ? Value{} : effects_.operand();
    if (instruction_.reg == compare) {
        return true;
    }
    const std::int64_t number = effects_.immediate(size);
    if (value.kind == Value::Kind::stack && instruction_.reg == add) {
        value.number += number;
        return write(value);
    }
    if (value.kind == Value::Kind::stack && instruction_.reg == subtract) {
        value.number -= number;
        return write(value);
    }
    return write({});
}

bool Step::multiply_or_test()
{
    constexpr std::uint8_t first_unary = 2;  // not, neg
    constexpr std::uint8_t first_multiply = 4;
    if (instruction_.reg < first_unary) {
        return true;
    }
    if (instruction_.reg < first_multiply) {
        return instruction_.opcode == 0xF6 ? write_byte() : write({});
    }
    return forget(reg::rax) && forget(reg::rdx);
}

bool Step::group_of_ff()
{
    switch (instruction_.reg) {
    case 0:
    case 1: return write({});
    case 2: return call();
    case 4:
        // Through the linkage table, for good. Another one may be a table of places in here.
        return instruction_.on_memory && instruction_.addressing.base == reg::rip && stop();
    case 6: return push({});
    default: return false;
    }
}

bool Step::leave()
{
    effects_.set(reg::rsp, effects_.register_value(reg::rbp));
    if (effects_.known()) {
        effects_.set(reg::rbp, effects_.pop());
    }
    return true;
}

bool Step::forget(std::uint8_t number)
{
    effects_.set(number);
    return true;
}

bool Step::write(Value value)
{
    const std::int64_t narrow = instruction_.operand_16 ? 2 : 4;
    effects_.set_operand(value, instruction_.wide ? 8 : narrow);
    return true;
}

bool Step::write_byte()
{
    if (instruction_.on_memory) {
        effects_.set_operand({}, 1);
    } else {
        effects_.set_byte(instruction_.rm);
    }
    return true;
}

bool Step::push(Value value)
{
    effects_.push(value);
    return !instruction_.operand_16;
}

bool Step::call()
{
    constexpr std::uint8_t near_call = 0xE8;
    flow_.call = true;
    if (instruction_.opcode == near_call) {
        flow_.target = effects_.immediate(4);
    }
    effects_.call();
    return true;
}

bool Step::jump(unsigned size, bool conditional)
{
    flow_.target = effects_.immediate(size);
    flow_.falls_through = conditional;
    return !instruction_.operand_16;
}

bool Step::stop()
{
    flow_.falls_through = false;
    return true;
}

}  // namespace pycore::x86
