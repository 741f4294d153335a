#include "frames/bytecode.hpp"

#include <algorithm>
#include <span>

#include "base/try.hpp"
#include "frames/instruction_index.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::int64_t most_units = 1'000'000;

Result<std::vector<std::uint8_t>> read_code(const Memory& memory,
                                            const CodeObject& code,
                                            std::int64_t units)
{
    if (units > most_units) {
        return Fault{FaultCode::limit_reached, code.bytecode.value, "bytecode"};
    }
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(units) * 2);
    PYCORE_CHECK(
        memory.read_bytes(code.bytecode, std::as_writable_bytes(std::span(bytes)), "bytecode"));
    return bytes;
}

}  // namespace

Result<std::vector<Instruction>> read_instructions(const Memory& memory,
                                                   const Layout& layout,
                                                   const CodeObject& code,
                                                   std::int64_t last)
{
    if (layout.opcodes == nullptr) {
        return Fault{FaultCode::unsupported, code.bytecode.value, "bytecode"};
    }
    PYCORE_TRY(const auto bytes, read_code(memory, code, std::max<std::int64_t>(code.units, 0)));
    std::vector<Instruction> instructions;
    std::uint32_t higher = 0;
    for (std::int64_t unit = 0; unit < code.units && unit <= last;) {
        const auto at = static_cast<std::size_t>(unit) * 2;
        const Opcode& opcode = (*layout.opcodes)[bytes[at]];
        const std::uint32_t argument = higher << 8U | bytes[at + 1];
        if (opcode.role == OpcodeRole::opaque) {
            break;
        }
        higher = opcode.role == OpcodeRole::extended_argument ? argument : 0;
        const std::int64_t next = unit + 1 + opcode.caches;
        if (opcode.role != OpcodeRole::extended_argument) {
            instructions.push_back(
                {.unit = unit, .next = next, .role = opcode.role, .argument = argument});
        }
        unit = next;
    }
    return instructions;
}

Result<std::int64_t> read_unit(const Memory& memory,
                               const Layout& layout,
                               const CodeObject& code,
                               Address frame)
{
    PYCORE_TRY(const Address at, read_field(memory, frame, layout.frame.instruction, "frame"));
    const auto unit = instruction_index(code, at);
    if (!unit) {
        return Fault{FaultCode::bad_format, at.value, "frame"};
    }
    return *unit;
}

std::optional<LoopUnits> find_loop(const std::vector<Instruction>& code, std::int64_t unit)
{
    std::optional<LoopUnits> smallest;
    for (const Instruction& instruction : code) {
        if (instruction.role != OpcodeRole::jump_backward) {
            continue;
        }
        const LoopUnits loop{.first = instruction.next - std::int64_t{instruction.argument},
                             .end = instruction.next};
        const bool around = loop.first >= 0 && loop.first <= unit && unit < loop.end;
        if (around && (!smallest || loop.end - loop.first < smallest->end - smallest->first)) {
            smallest = loop;
        }
    }
    return smallest;
}

}  // namespace pycore
