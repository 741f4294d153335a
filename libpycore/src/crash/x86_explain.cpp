#include "crash/x86_explain.hpp"

#include <algorithm>

#include "crash/x86_branch.hpp"
#include "crash/x86_registers.hpp"

namespace pycore::x86 {
namespace {

/// An operand with the address that it had.
struct Target {
    Operand operand;
    Address address;
};

using Targets = std::vector<Target>;

Targets find_targets(const Instruction& instruction, const ThreadRegisters& registers)
{
    Targets targets;
    for (const Operand& operand : operands_of(instruction)) {
        const auto address = address_of(operand, instruction, registers);
        const bool done = operand.repeated && value_of(registers, reg::rcx) == 0;
        if (address && !done) {
            targets.push_back({operand, *address});
        }
    }
    return targets;
}

/// "ymm2". A gather has as many indices as elements; they have four or eight bytes by the opcode.
std::string vector_index_name(const Instruction& instruction, std::uint8_t number)
{
    const bool narrow = instruction.opcode % 2 == 0 && instruction.wide;
    const unsigned bytes = instruction.vector_bytes / (narrow ? 2U : 1U);
    const char* const kind = bytes == 64 ? "zmm" : bytes == 32 ? "ymm" : "xmm";
    return kind + std::to_string(number);
}

MemoryAccess describe(const Instruction& instruction, const Operand& operand, Address at)
{
    const Addressing& addressing = operand.addressing;
    MemoryAccess access{.kind = operand.kind,
                        .address = at,
                        .base = {},
                        .index = {},
                        .displacement = addressing.displacement,
                        .size = operand.size};
    if (addressing.base) {
        access.base = name_of(*addressing.base);
    } else if (addressing.segment != Segment::none) {
        access.base = addressing.segment == Segment::fs ? "fs_base" : "gs_base";
    }
    if (addressing.index) {
        access.index = addressing.vector_index ? vector_index_name(instruction, *addressing.index)
                                               : name_of(*addressing.index);
    }
    return access;
}

template <class Predicate>
std::optional<MemoryAccess> find_first(const Instruction& instruction,
                                       const Targets& targets,
                                       Predicate predicate)
{
    const auto found = std::ranges::find_if(targets, predicate);
    return found == targets.end()
               ? std::nullopt
               : std::optional(describe(instruction, found->operand, found->address));
}

/// Whether `at` is one of the bytes of the operand. A string instruction that repeats may have gone
/// on for a line of the cache before it told of the fault.
bool covers(const Target& target, Address at)
{
    constexpr std::uint64_t cache_line = 64;
    const std::uint64_t size = std::max<std::uint32_t>(target.operand.size, 1);
    const std::uint64_t after = at.value - target.address.value;
    const std::uint64_t before = target.address.value - at.value;
    return after < size ||
           (target.operand.repeated && (after < cache_line + size || before <= cache_line));
}

std::optional<MemoryAccess> explain_address(const Instruction& instruction,
                                            const Targets& targets,
                                            Address at)
{
    auto access = find_first(instruction, targets,
                             [at](const Target& target) { return target.address == at; });
    if (!access) {
        access = find_first(instruction, targets,
                            [at](const Target& target) { return covers(target, at); });
    }
    return access;
}

/// What faults before a page is looked at, so that the kernel knows no address.
std::optional<MemoryAccess> explain_protection(const Memory& memory,
                                               const Instruction& instruction,
                                               const ThreadRegisters& registers,
                                               const Targets& targets)
{
    auto access = find_first(instruction, targets,
                             [](const Target& target) { return !is_canonical(target.address); });
    if (!access) {
        access = find_first(instruction, targets, [](const Target& target) {
            return target.address.value % target.operand.alignment != 0;
        });
    }
    if (access) {
        return access;
    }
    const auto branch = find_branch(memory, instruction, registers);
    return branch && !is_canonical(branch->address) ? branch : std::nullopt;
}

}  // namespace

std::optional<MemoryAccess> explain_fault(const Memory& memory,
                                          const Instruction& instruction,
                                          const ThreadRegisters& registers,
                                          std::optional<Address> fault_address)
{
    const Targets targets = find_targets(instruction, registers);
    std::optional<MemoryAccess> access;
    if (fault_address) {
        access = explain_address(instruction, targets, *fault_address);
    }
    if (access) {
        return access;
    }
    if (fault_address && *fault_address) {
        // Of a gather or scatter no other operand can fault.
        const auto operands = operands_of(instruction);
        const bool by_elements = !operands.empty() && operands.front().addressing.vector_index;
        return by_elements ? std::optional(describe(instruction, operands.front(), *fault_address))
                           : std::nullopt;
    }
    access = explain_protection(memory, instruction, registers, targets);
    if (access || fault_address) {
        return access;
    }
    return find_first(instruction, targets, [&memory](const Target& target) {
        const auto byte = memory.read<std::uint8_t>(target.address, "operand");
        return !byte && byte.fault().code == FaultCode::unmapped;
    });
}

}  // namespace pycore::x86
