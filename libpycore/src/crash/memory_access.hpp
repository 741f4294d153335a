#pragma once

#include <optional>

#include "pycore/core_file.hpp"
#include "pycore/crash.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// What the instruction at the pc did with memory to be answered by SIGSEGV or SIGBUS. Only what
/// explains that: an operand at `fault_address`; where that is not known (a kernel tells none for
/// SI_KERNEL) one whose address is not canonical, is misaligned for its instruction, or was not
/// mapped. Else nothing. `execute` is for a pc where there is no code, and for a `call`, `jmp` or
/// `ret` to an address that is not canonical, which faults before the pc moves.
///
/// Registers have the names of `register_names`; with a segment and no other base the base is
/// "fs_base" or "gs_base". The index of a gather or scatter is a vector register ("ymm2"), and the
/// address then the fault's. For other machines than x86-64 only `execute` is told.
std::optional<MemoryAccess> find_memory_access(const Memory& memory,
                                               Machine machine,
                                               const ThreadRegisters& registers,
                                               std::optional<Address> fault_address);

}  // namespace pycore
