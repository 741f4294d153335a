#include "crash/memory_access.hpp"

#include <array>

#include "crash/x86_explain.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_instruction = 15;

struct Code {
    std::array<std::uint8_t, longest_instruction> bytes{};
    std::size_t count = 0;
    std::optional<Fault> fault;  ///< why there are no more

    [[nodiscard]] std::span<const std::uint8_t> read() const { return {bytes.data(), count}; }
};

Code read_code(const Memory& memory, Address pc)
{
    Code code;
    while (code.count < longest_instruction) {
        const auto at = offset_by(pc, code.count);
        const auto byte = at ? memory.read<std::uint8_t>(*at, "instruction")
                             : Result<std::uint8_t>(Fault{FaultCode::unmapped, 0, "instruction"});
        if (!byte) {
            code.fault = byte.fault();
            break;
        }
        code.bytes[code.count++] = *byte;
    }
    return code;
}

MemoryAccess execution_at(Address at)
{
    return {.kind = MemoryAccess::Kind::execute, .address = at, .base = {}, .index = {}};
}

/// Whether the processor failed to fetch the instruction itself, which may reach into the next
/// page.
std::optional<MemoryAccess> find_failed_fetch(const Code& code,
                                              Address pc,
                                              std::size_t length,
                                              std::optional<Address> fault_address)
{
    if (fault_address) {
        const std::uint64_t into = fault_address->value - pc.value;
        if (into == 0 || into < length) {
            return execution_at(*fault_address);
        }
        return std::nullopt;
    }
    const bool nothing_there = code.count == 0 && code.fault->code == FaultCode::unmapped;
    return nothing_there ? std::optional(execution_at(pc)) : std::nullopt;
}

}  // namespace

std::optional<MemoryAccess> find_memory_access(const Memory& memory,
                                               Machine machine,
                                               const ThreadRegisters& registers,
                                               std::optional<Address> fault_address)
{
    const Code code = read_code(memory, registers.pc);
    const auto instruction =
        machine == Machine::x86_64 ? x86::decode(code.read()) : std::optional<x86::Instruction>();
    const std::size_t length = instruction ? instruction->length : code.count + 1;
    if (auto fetch = find_failed_fetch(code, registers.pc, length, fault_address)) {
        return fetch;
    }
    return instruction ? x86::explain_fault(memory, *instruction, registers, fault_address)
                       : std::nullopt;
}

}  // namespace pycore
