#pragma once

#include "pycore/memory.hpp"
#include "unwind/registers.hpp"
#include "unwind/unwind_row.hpp"

namespace pycore {

/// The registers of the caller, as they are when the callee has returned.
struct Caller {
    RegisterValues registers;
    Address cfa;
    bool outermost = false;  ///< there is no caller, and that is said so
};

/// Undoes one frame as `row` tells. A register that cannot be read is merely unknown afterwards;
/// the CFA and the return address are needed.
Result<Caller> step_by_cfi(const UnwindRow& row,
                           const Memory& memory,
                           const Architecture& architecture,
                           const RegisterValues& registers);

}  // namespace pycore
