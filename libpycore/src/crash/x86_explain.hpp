#pragma once

#include "crash/x86_instruction.hpp"
#include "pycore/core_file.hpp"
#include "pycore/memory.hpp"

namespace pycore::x86 {

/// What of `instruction`, which lies at the pc, explains the fault.
std::optional<MemoryAccess> explain_fault(const Memory& memory,
                                          const Instruction& instruction,
                                          const ThreadRegisters& registers,
                                          std::optional<Address> fault_address);

}  // namespace pycore::x86
