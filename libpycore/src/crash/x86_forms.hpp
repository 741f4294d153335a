#pragma once

#include "crash/x86_instruction.hpp"

namespace pycore::x86 {

/// False for prefixes, escapes, and what is no instruction in 64-bit mode.
[[nodiscard]] bool is_opcode(const Instruction& instruction) noexcept;

/// Whether a ModRM byte follows the opcode.
[[nodiscard]] bool has_modrm(const Instruction& instruction) noexcept;

/// Whether the index in memory is a vector register: gathers and scatters.
[[nodiscard]] bool has_vector_index(const Instruction& instruction) noexcept;

/// How many bytes of immediate follow, once ModRM is read.
[[nodiscard]] unsigned immediate_size(const Instruction& instruction) noexcept;

/// Whether the immediate is an address: of a move between memory and al, ax, eax or rax.
[[nodiscard]] bool has_absolute_address(const Instruction& instruction) noexcept;

}  // namespace pycore::x86
