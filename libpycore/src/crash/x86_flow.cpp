#include "crash/x86_flow.hpp"

#include <algorithm>

#include "crash/x86_step.hpp"

namespace pycore::x86 {

FlowState FlowState::at_entry()
{
    constexpr std::array<std::uint8_t, 6> arguments{7, 6, 2, 1, 8, 9};  // rdi rsi rdx rcx r8 r9
    FlowState state;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        state.registers[arguments[index]] = {.kind = Value::Kind::argument,
                                             .number = static_cast<std::int64_t>(index)};
    }
    state.registers[reg::rsp] = {.kind = Value::Kind::stack, .number = 0};
    return state;
}

void FlowState::keep_common(const FlowState& other)
{
    for (std::size_t index = 0; index < registers.size(); ++index) {
        if (registers[index] != other.registers[index]) {
            registers[index] = {};
        }
    }
    std::erase_if(slots, [&other](const auto& slot) {
        const auto same = other.slots.find(slot.first);
        return same == other.slots.end() || same->second != slot.second;
    });
}

void FlowState::overwrite(std::int64_t at, std::int64_t size)
{
    constexpr std::int64_t slot_size = 8;
    const auto first = slots.lower_bound(at - slot_size + 1);
    slots.erase(first, slots.lower_bound(std::max(at + size, at)));
}

bool FlowState::has_stack() const noexcept
{
    return registers[reg::rsp].kind == Value::Kind::stack;
}

std::optional<Flow> step_over(std::span<const std::uint8_t> bytes, FlowState& state)
{
    const auto instruction = decode(bytes);
    return instruction ? Step(*instruction, bytes, state).run() : std::nullopt;
}

}  // namespace pycore::x86
