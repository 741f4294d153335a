#include "crash/x86_branch.hpp"

#include "crash/x86_registers.hpp"

namespace pycore::x86 {
namespace {

bool is_indirect_branch(const Instruction& instruction)
{
    constexpr std::uint8_t call = 2;
    constexpr std::uint8_t jmp = 4;
    return instruction.map == Map::primary && instruction.opcode == 0xFF &&
           (instruction.reg == call || instruction.reg == jmp);
}

bool is_return(const Instruction& instruction)
{
    return instruction.map == Map::primary && (instruction.opcode & 0xFE) == 0xC2;
}

}  // namespace

std::optional<MemoryAccess> find_branch(const Memory& memory,
                                        const Instruction& instruction,
                                        const ThreadRegisters& registers)
{
    const bool indirect = is_indirect_branch(instruction);
    MemoryAccess access;
    access.kind = MemoryAccess::Kind::execute;
    if (indirect && !instruction.on_memory) {
        access.address = Address{value_of(registers, instruction.rm)};
        access.base = name_of(instruction.rm);
        return access;
    }
    if (!indirect && !is_return(instruction)) {
        return std::nullopt;
    }
    const auto from = address_of(operands_of(instruction).front(), instruction, registers);
    const auto target =
        from ? memory.read<Address>(*from, "branch target") : Result<Address>(Address{});
    if (!target) {
        return std::nullopt;
    }
    access.address = *target;
    return access;
}

}  // namespace pycore::x86
