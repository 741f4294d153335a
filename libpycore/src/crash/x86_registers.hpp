#pragma once

#include <optional>
#include <string>

#include "crash/x86_instruction.hpp"
#include "pycore/core_file.hpp"

namespace pycore::x86 {

/// The value of a general register by its number in instructions.
[[nodiscard]] std::uint64_t value_of(const ThreadRegisters& registers,
                                     std::uint8_t number) noexcept;

/// "rdi", "rip".
[[nodiscard]] std::string name_of(std::uint8_t number);

/// The address of `operand`, which belongs to the instruction of this length at the pc. Nothing
/// where vector registers are needed, which are not among the general ones.
[[nodiscard]] std::optional<Address> address_of(const Operand& operand,
                                                const Instruction& instruction,
                                                const ThreadRegisters& registers) noexcept;

/// True where an address has the form that 48 bits of it allow; others fault before any page is
/// looked at.
[[nodiscard]] constexpr bool is_canonical(Address at) noexcept
{
    const std::uint64_t upper = at.value >> 47;
    return upper == 0 || upper == UINT64_MAX >> 47;
}

}  // namespace pycore::x86
