#pragma once

#include <optional>

#include "pycore/address_space.hpp"
#include "pycore/core_file.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/registers.hpp"

namespace pycore {

/// What the kernel put on the stack when it called a signal handler.
struct SignalFrame {
    Address ucontext;
    Address signal_info;
};

/// The signal frame whose trampoline runs with this `sp`.
[[nodiscard]] SignalFrame signal_frame_at(Address sp, const Architecture& architecture) noexcept;

/// True when `pc` is at the trampoline's first instruction.
bool is_signal_trampoline(const Memory& memory, const Architecture& architecture, Address pc);

/// True when all that is needed to return from a signal is at `sp`: for where the trampoline
/// cannot be read.
bool looks_like_signal_frame(const AddressSpace& memory, Machine machine, Address sp);

/// The registers the signal interrupted.
Result<RegisterValues> read_interrupted(const Memory& memory,
                                        const Architecture& architecture,
                                        Address ucontext);

/// The same as a thread's registers, for a signal frame that `Unwinder` found: `general` in the
/// order of NT_PRSTATUS, without what a `ucontext` does not hold. `signal` is the one handled.
Result<ThreadRegisters> read_interrupted_thread(const Memory& memory,
                                                Machine machine,
                                                const NativeFrame& frame);

/// The `siginfo_t` of a signal frame: what its handler was told.
Result<SignalInfo> read_handled_signal(const Memory& memory, const NativeFrame& frame);

}  // namespace pycore
