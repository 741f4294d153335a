#include "crash/handled_signal.hpp"

#include <algorithm>
#include <array>
#include <csignal>

#include "unwind/signal_frame.hpp"

namespace pycore {
namespace {

constexpr std::array<std::int32_t, 10> with_core{SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,
                                                 SIGFPE,  SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS};

constexpr std::uint64_t bit_of(std::int32_t signal)
{
    return signal >= 1 && signal <= 64 ? std::uint64_t{1} << (signal - 1) : 0;
}

/// The kernel blocks a signal while its handler runs, unless told not to: what is blocked now and
/// was not before names it.
std::uint64_t newly_blocked(const ThreadRegisters& now,
                            const AddressSpace& memory,
                            const NativeFrame& frame)
{
    constexpr std::uint64_t mask_in_ucontext = 296;
    const auto before = memory.read<std::uint64_t>(
        Address{frame.ucontext->value + mask_in_ucontext}, "signal mask");
    return before ? now.blocked_signals & ~*before : 0;
}

// Places in NT_PRSTATUS of x86-64.
constexpr std::size_t rax = 10;
constexpr std::size_t rdx = 12;
constexpr std::size_t rsi = 13;
constexpr std::size_t rdi = 14;

/// A signal that a thread sent to itself comes as its system call returns, whose arguments are
/// still there.
bool sent_to_itself(const ThreadRegisters& interrupted, const SignalInfo& raised)
{
    const auto& general = interrupted.general;
    const auto pid = static_cast<std::uint64_t>(raised.sender_pid.value_or(-1));
    const auto number = static_cast<std::uint64_t>(raised.number);
    const bool tgkill = general[rdi] == pid && general[rdx] == number;
    const bool kill = general[rdi] == pid && general[rsi] == number;
    return general[rax] == 0 && (tgkill || kill);
}

/// `div` or `idiv` at the pc, whose trap has the number of no trap at all.
bool is_division(const AddressSpace& memory, Address pc)
{
    std::array<std::uint8_t, 4> code{};
    if (!memory.read_bytes(pc, std::as_writable_bytes(std::span(code)), "instruction")) {
        return false;
    }
    std::size_t at = 0;
    at += std::size_t{code[at] == 0x66};           // 16-bit operands
    at += std::size_t{(code[at] & 0xF0) == 0x40};  // REX
    const bool group = code[at] == 0xF6 || code[at] == 0xF7;
    return group && (code[at + 1] & 0x30) == 0x30;  // its members 6 and 7
}

/// What a trap leaves open. A page fault raises SIGBUS too, where a file has no more pages; which
/// one it was `raised`, the signal raised again, says. And a page that was never touched is not
/// present, whatever the mapping permits.
SignalInfo completed(SignalInfo told, const SignalInfo& raised, const AddressSpace& memory)
{
    if (told.number != SIGSEGV || !told.fault_address) {
        return told;
    }
    if (raised.number == SIGBUS && raised.code == SI_TKILL) {
        told.number = SIGBUS;
        told.code = BUS_ADRERR;
    } else if (told.code == SEGV_MAPERR && memory.find(*told.fault_address) != nullptr) {
        told.code = SEGV_ACCERR;
    }
    return told;
}

/// Without SA_SIGINFO the kernel leaves what was on the stack where the `siginfo_t` would be, which
/// may look like one: it counts where something else says the same.
bool is_credible(const SignalInfo& told,
                 const CoreFile& core,
                 const AddressSpace& memory,
                 const NativeFrame& frame,
                 const ThreadRegisters& interrupted)
{
    if (core.machine() != Machine::x86_64 || told.number == core.signal()->number ||
        (newly_blocked(core.threads().front(), memory, frame) & bit_of(told.number)) != 0) {
        return true;
    }
    if (told.code <= 0) {
        return false;
    }
    if (told.number == SIGSEGV || told.number == SIGBUS) {
        constexpr std::array<std::uint64_t, 4> of_memory{12, 13, 14, 17};
        const auto trap = read_trap(memory, core.machine(), frame);
        return trap && std::ranges::find(of_memory, trap->number) != of_memory.end();
    }
    return told.fault_address == interrupted.pc;
}

/// Of a handler without SA_SIGINFO for a signal that no fault raised nothing is kept but the
/// registers: `raised` is all that can be said, and whether it came from outside the first time.
std::optional<SignalInfo> guess_signal(const CoreFile& core,
                                       const AddressSpace& memory,
                                       const NativeFrame& frame,
                                       const ThreadRegisters& interrupted)
{
    const SignalInfo& raised = *core.signal();
    if (core.machine() != Machine::x86_64 || raised.code != SI_TKILL ||
        (newly_blocked(core.threads().front(), memory, frame) & ~bit_of(raised.number)) != 0) {
        return std::nullopt;
    }
    if (sent_to_itself(interrupted, raised)) {
        return raised;
    }
    if (raised.number == SIGFPE && is_division(memory, interrupted.pc)) {
        return SignalInfo{.number = SIGFPE, .code = FPE_INTDIV, .fault_address = interrupted.pc};
    }
    return SignalInfo{.number = raised.number, .code = SI_USER};
}

}  // namespace

std::optional<HandledSignal> find_handled_signal(const CoreFile& core,
                                                 const AddressSpace& memory,
                                                 const NativeStack& stack)
{
    if (!core.signal() || core.threads().empty()) {
        return std::nullopt;
    }
    std::optional<HandledSignal> outermost;
    for (const NativeFrame& frame : stack.frames) {
        if (!frame.signal_frame || !frame.ucontext) {
            continue;
        }
        auto registers = read_interrupted_thread(memory, core.machine(), frame);
        if (!registers) {
            continue;
        }
        const auto told = read_handled_signal(memory, core.machine(), frame);
        const bool credible = told && is_credible(*told, core, memory, frame, *registers);
        const auto signal = credible ? std::optional(completed(*told, *core.signal(), memory))
                                     : guess_signal(core, memory, frame, *registers);
        if (signal && std::ranges::find(with_core, signal->number) != with_core.end()) {
            registers->tid = core.threads().front().tid;
            registers->thread_pointer = core.threads().front().thread_pointer;
            outermost = HandledSignal{.signal = *signal, .registers = *registers};
        }
    }
    return outermost;
}

}  // namespace pycore
