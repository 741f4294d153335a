#include "crash/handled_signal.hpp"

#include <algorithm>
#include <array>

#include "unwind/signal_frame.hpp"

namespace pycore {
namespace {

// Numbers of x86-64 and aarch64.
constexpr std::array<std::int32_t, 10> with_core{3, 4, 5, 6, 7, 8, 11, 24, 25, 31};

constexpr std::int32_t sent_by_kill = 0;
constexpr std::int32_t sent_by_tkill = -6;

constexpr std::uint64_t bit_of(std::int32_t signal)
{
    return signal >= 1 && signal <= 64 ? std::uint64_t{1} << (signal - 1) : 0;
}

/// The kernel blocks a signal while its handler runs, unless told not to: what is blocked now and
/// was not before names it.
bool is_of_another_signal(const ThreadRegisters& now,
                          const AddressSpace& memory,
                          const NativeFrame& frame,
                          std::int32_t number)
{
    constexpr std::uint64_t mask_in_ucontext = 296;
    const auto before = memory.read<std::uint64_t>(
        Address{frame.ucontext->value + mask_in_ucontext}, "signal mask");
    return before && (now.blocked_signals & ~*before & ~bit_of(number)) != 0;
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

/// Of a handler without SA_SIGINFO for a signal that no fault raised nothing is kept but the
/// registers: `raised` is all that can be said, and whether it came from outside the first time.
std::optional<SignalInfo> guess_signal(const CoreFile& core,
                                       const AddressSpace& memory,
                                       const NativeFrame& frame,
                                       const ThreadRegisters& interrupted)
{
    const SignalInfo& raised = *core.signal();
    if (core.machine() != Machine::x86_64 || raised.code != sent_by_tkill ||
        is_of_another_signal(core.threads().front(), memory, frame, raised.number)) {
        return std::nullopt;
    }
    if (sent_to_itself(interrupted, raised)) {
        return raised;
    }
    return SignalInfo{.number = raised.number, .code = sent_by_kill};
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
        const auto signal =
            told ? std::optional(*told) : guess_signal(core, memory, frame, *registers);
        if (signal && std::ranges::find(with_core, signal->number) != with_core.end()) {
            registers->tid = core.threads().front().tid;
            registers->thread_pointer = core.threads().front().thread_pointer;
            outermost = HandledSignal{.signal = *signal, .registers = *registers};
        }
    }
    return outermost;
}

}  // namespace pycore
