#include "crash/x86_effects.hpp"

#include <algorithm>

namespace pycore::x86 {
namespace {

constexpr std::int64_t word = 8;

bool is_prefix(std::uint8_t byte)
{
    constexpr std::array<std::uint8_t, 10> prefixes{0x26, 0x2E, 0x36, 0x3E, 0x64,
                                                    0x65, 0x66, 0xF0, 0xF2, 0xF3};
    return std::find(prefixes.begin(), prefixes.end(), byte) != prefixes.end();
}

std::uint8_t rex_of(std::span<const std::uint8_t> bytes)
{
    const auto after = std::find_if_not(bytes.begin(), bytes.end(), is_prefix);
    return after != bytes.end() && (*after & 0xF0) == 0x40 ? *after : std::uint8_t{0};
}

}  // namespace

Effects::Effects(const Instruction& instruction,
                 std::span<const std::uint8_t> bytes,
                 FlowState& state) noexcept
    : instruction_(instruction),
      bytes_(bytes.first(instruction.length)),
      state_(state),
      rex_(rex_of(bytes_))
{
}

std::uint8_t Effects::reg() const noexcept
{
    return static_cast<std::uint8_t>(instruction_.reg | ((rex_ & 4) != 0 ? 8 : 0));
}

std::uint8_t Effects::opcode_register() const noexcept
{
    return static_cast<std::uint8_t>((instruction_.opcode & 7) | ((rex_ & 1) != 0 ? 8 : 0));
}

std::int64_t Effects::immediate(unsigned size) const noexcept
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes_.last(size)) {
        value = value >> 8 | std::uint64_t{byte} << 56;
    }
    return static_cast<std::int64_t>(value) >> (64 - 8 * size);
}

Value Effects::register_value(std::uint8_t number) const
{
    return number < state_.registers.size() ? state_.registers[number] : Value{};
}

void Effects::set(std::uint8_t number, Value value)
{
    state_.registers[number & 0xF] = value;
    known_ = known_ && state_.has_stack();
}

void Effects::set_byte(std::uint8_t number)
{
    set(static_cast<std::uint8_t>(number - (rex_ == 0 && number >= 4 && number < 8 ? 4 : 0)));
}

Value Effects::address() const
{
    const Addressing& addressing = instruction_.addressing;
    Value value = addressing.base ? register_value(*addressing.base) : Value{};
    if (value.kind != Value::Kind::stack || addressing.index ||
        addressing.segment != Segment::none) {
        return {};
    }
    value.number += addressing.displacement;
    return value;
}

Value Effects::operand() const
{
    if (!instruction_.on_memory) {
        return register_value(instruction_.rm);
    }
    const Value at = address();
    const auto slot = state_.slots.find(at.number);
    return at.kind == Value::Kind::stack && slot != state_.slots.end() ? slot->second : Value{};
}

void Effects::set_operand(Value value, std::int64_t size)
{
    if (!instruction_.on_memory) {
        set(instruction_.rm, value);
        return;
    }
    const Addressing& addressing = instruction_.addressing;
    const auto is_stack = [this](const std::optional<std::uint8_t>& number) {
        return number && register_value(*number).kind == Value::Kind::stack;
    };
    const Value at = address();
    if (at.kind == Value::Kind::stack) {
        state_.overwrite(at.number, size);
        if (size == word && value.kind != Value::Kind::unknown) {
            state_.slots[at.number] = value;
        }
    } else if (is_stack(addressing.base) || is_stack(addressing.index)) {
        state_.slots.clear();
    }
}

void Effects::push(Value value)
{
    Value& sp = state_.registers[reg::rsp];
    sp.number -= word;
    state_.overwrite(sp.number, word);
    if (value.kind != Value::Kind::unknown) {
        state_.slots[sp.number] = value;
    }
}

Value Effects::pop()
{
    Value& sp = state_.registers[reg::rsp];
    const auto slot = state_.slots.find(sp.number);
    sp.number += word;
    return slot == state_.slots.end() ? Value{} : slot->second;
}

/// What the calling convention lets a callee change, and the stack below.
void Effects::call()
{
    constexpr std::array<std::uint8_t, 9> changed{0, 1, 2, 6, 7, 8, 9, 10, 11};
    for (const std::uint8_t number : changed) {
        state_.registers[number] = {};
    }
    const std::int64_t sp = state_.registers[reg::rsp].number;
    state_.slots.erase(state_.slots.begin(), state_.slots.lower_bound(sp));
}

void Effects::write_string()
{
    if (state_.registers[reg::rdi].kind == Value::Kind::stack) {
        state_.slots.clear();
    }
    for (const std::uint8_t number : {reg::rcx, reg::rsi, reg::rdi}) {
        set(number);
    }
}

}  // namespace pycore::x86
