#pragma once

#include "crash/x86_cursor.hpp"
#include "crash/x86_instruction.hpp"

namespace pycore::x86 {

/// Where register numbers have their upper bits.
struct Extension {
    std::uint8_t base = 0;
    std::uint8_t index = 0;
    std::uint8_t vector_index = 0;
};

/// What follows the opcode: ModRM, SIB, displacement, immediate.
void read_operand_bytes(Cursor& cursor, const Extension& extension, Instruction& instruction);

}  // namespace pycore::x86
