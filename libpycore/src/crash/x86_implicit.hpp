#pragma once

#include "crash/x86_instruction.hpp"

namespace pycore::x86 {

/// Adds what the instruction reads and writes without naming it by ModRM: the stack, and what
/// string instructions, `xlat` and moves of absolute addresses work on. `push` and `pop` of memory
/// are wholly here.
void append_implicit_operands(const Instruction& instruction, std::vector<Operand>& operands);

}  // namespace pycore::x86
