#include "crash/function_arguments.hpp"

#include "crash/code_flow.hpp"
#include "crash/x86_instruction.hpp"

namespace pycore {
namespace {

using x86::FlowState;
using x86::Value;

std::optional<std::uint64_t> find_in_registers(const FlowState& state,
                                               const Value& argument,
                                               const RegisterValues& registers)
{
    struct Kept {
        std::uint8_t number;  ///< in instructions
        std::uint8_t column;  ///< in DWARF
    };
    constexpr std::array kept{Kept{3, 3},   Kept{5, 6},   Kept{12, 12},
                              Kept{13, 13}, Kept{14, 14}, Kept{15, 15}};
    for (const Kept& it : kept) {
        const auto value = registers.value(it.column);
        if (state.registers[it.number] == argument && value) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<std::uint64_t> find_on_stack(const Memory& memory,
                                           const FlowState& state,
                                           const Value& argument,
                                           Address cfa)
{
    // The function was entered with its return address on top of the stack.
    const std::uint64_t entry = cfa.value - sizeof(std::uint64_t);
    const std::int64_t sp = state.registers[x86::reg::rsp].number;
    for (const auto& [place, value] : state.slots) {
        if (value == argument && place >= sp) {
            const Address at{entry + static_cast<std::uint64_t>(place)};
            const auto read = memory.read<std::uint64_t>(at, "argument");
            return read ? std::optional(*read) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace

FunctionArguments read_arguments(const Memory& memory, const CallingFunction& function)
{
    FunctionArguments arguments;
    const auto state = find_state_at_call(memory, function.start, function.return_address);
    for (std::size_t index = 0; state && index < arguments.size(); ++index) {
        const x86::Value argument{.kind = x86::Value::Kind::argument,
                                  .number = static_cast<std::int64_t>(index)};
        arguments[index] = find_in_registers(*state, argument, function.registers);
        if (!arguments[index]) {
            arguments[index] = find_on_stack(memory, *state, argument, function.cfa);
        }
    }
    return arguments;
}

}  // namespace pycore
