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

/// The processor's account of its last exception (x86-64), beside the registers in a `ucontext`.
/// Kernels keep it from one signal to the next: it is about this signal only when the signal came
/// from a fault and not from a system call.
struct Trap {
    std::uint64_t number = 0;  ///< 14: page fault, 13: general protection, 0: division
    std::uint64_t error = 0;   ///< of a page fault, bit 0: protection, 1: write, 4: execution
    Address address;           ///< of the last page fault

    friend bool operator==(const Trap&, const Trap&) = default;
};
Result<Trap> read_trap(const Memory& memory, Machine machine, const NativeFrame& frame);

/// The signal a signal frame is of: its `siginfo_t`, or what its trap tells. Kernels write the
/// `siginfo_t` only for a handler with SA_SIGINFO, which that of `faulthandler` is not, and leave
/// old bytes there otherwise: so it counts only where it does not contradict the trap. Without
/// either `not_saved`; the number then is that of the signal raised again, if it was.
Result<SignalInfo> read_handled_signal(const Memory& memory,
                                       Machine machine,
                                       const NativeFrame& frame);

}  // namespace pycore
