#pragma once

#include "crash/x86_instruction.hpp"
#include "pycore/core_file.hpp"
#include "pycore/memory.hpp"

namespace pycore::x86 {

/// Where a `call`, `jmp` or `ret` that takes its target from a register or from memory goes to.
/// `base` is the register that holds the target; of one in memory it is empty.
std::optional<MemoryAccess> find_branch(const Memory& memory,
                                        const Instruction& instruction,
                                        const ThreadRegisters& registers);

}  // namespace pycore::x86
