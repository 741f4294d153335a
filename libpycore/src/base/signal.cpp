#include "pycore/signal.hpp"

#include <array>
#include <span>

namespace pycore {
namespace {

// Numbers are written out instead of taken from <csignal>: they are those of the process's machine,
// not of the one that reads the core.
constexpr std::array<std::string_view, 32> names{
    "",          "SIGHUP",  "SIGINT",    "SIGQUIT", "SIGILL",   "SIGTRAP", "SIGABRT", "SIGBUS",
    "SIGFPE",    "SIGKILL", "SIGUSR1",   "SIGSEGV", "SIGUSR2",  "SIGPIPE", "SIGALRM", "SIGTERM",
    "SIGSTKFLT", "SIGCHLD", "SIGCONT",   "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU", "SIGURG",
    "SIGXCPU",   "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO",   "SIGPWR",  "SIGSYS"};

// 32 and 33 are kept by the C library for its own use.
constexpr std::int32_t first_realtime = 34;
constexpr std::int32_t last_realtime = 64;

struct Code {
    std::int32_t signal;  // 0: any
    std::int32_t code;
    std::string_view name;
    std::string_view meaning;
};

constexpr std::array codes{
    Code{0, 0, "SI_USER", "sent by kill"},
    Code{0, 0x80, "SI_KERNEL", "sent by the kernel"},
    Code{0, -1, "SI_QUEUE", "sent by sigqueue"},
    Code{0, -2, "SI_TIMER", "a timer expired"},
    Code{0, -3, "SI_MESGQ", "a message arrived in an empty queue"},
    Code{0, -4, "SI_ASYNCIO", "asynchronous I/O finished"},
    Code{0, -5, "SI_SIGIO", "I/O is possible"},
    Code{0, -6, "SI_TKILL", "sent by tgkill"},
    Code{0, -7, "SI_DETHREAD", "sent by execve to the other threads"},
    Code{0, -60, "SI_ASYNCNL", "an asynchronous name lookup finished"},
    Code{4, 1, "ILL_ILLOPC", "illegal instruction"},
    Code{4, 2, "ILL_ILLOPN", "illegal operand"},
    Code{4, 3, "ILL_ILLADR", "illegal addressing mode"},
    Code{4, 4, "ILL_ILLTRP", "illegal trap"},
    Code{4, 5, "ILL_PRVOPC", "privileged instruction"},
    Code{4, 6, "ILL_PRVREG", "privileged register"},
    Code{4, 7, "ILL_COPROC", "coprocessor error"},
    Code{4, 8, "ILL_BADSTK", "internal stack error"},
    Code{4, 9, "ILL_BADIADDR", "unimplemented instruction address"},
    Code{5, 1, "TRAP_BRKPT", "breakpoint"},
    Code{5, 2, "TRAP_TRACE", "trace trap"},
    Code{5, 3, "TRAP_BRANCH", "branch trap"},
    Code{5, 4, "TRAP_HWBKPT", "hardware breakpoint or watchpoint"},
    Code{5, 5, "TRAP_UNK", "undiagnosed trap"},
    Code{5, 6, "TRAP_PERF", "perf event"},
    Code{7, 1, "BUS_ADRALN", "misaligned address"},
    Code{7, 2, "BUS_ADRERR", "no such physical address: often a mapped file that shrank"},
    Code{7, 3, "BUS_OBJERR", "hardware error of the object"},
    Code{7, 4, "BUS_MCEERR_AR", "hardware memory error"},
    Code{7, 5, "BUS_MCEERR_AO", "hardware memory error, found early"},
    Code{8, 1, "FPE_INTDIV", "integer division by zero"},
    Code{8, 2, "FPE_INTOVF", "integer overflow"},
    Code{8, 3, "FPE_FLTDIV", "floating-point division by zero"},
    Code{8, 4, "FPE_FLTOVF", "floating-point overflow"},
    Code{8, 5, "FPE_FLTUND", "floating-point underflow"},
    Code{8, 6, "FPE_FLTRES", "inexact floating-point result"},
    Code{8, 7, "FPE_FLTINV", "invalid floating-point operation"},
    Code{8, 8, "FPE_FLTSUB", "subscript out of range"},
    Code{8, 14, "FPE_FLTUNK", "undiagnosed floating-point exception"},
    Code{8, 15, "FPE_CONDTRAP", "trap on condition"},
    Code{11, 1, "SEGV_MAPERR", "address not mapped"},
    Code{11, 2, "SEGV_ACCERR", "access not permitted"},
    Code{11, 3, "SEGV_BNDERR", "failed address bound checks"},
    Code{11, 4, "SEGV_PKUERR", "access denied by memory protection keys"},
    Code{11, 5, "SEGV_ACCADI", "ADI not enabled for the mapping"},
    Code{11, 6, "SEGV_ADIDERR", "disrupting ADI error"},
    Code{11, 7, "SEGV_ADIPERR", "precise ADI exception"},
    Code{11, 8, "SEGV_MTEAERR", "asynchronous memory tag error"},
    Code{11, 9, "SEGV_MTESERR", "memory tag error"},
    Code{11, 10, "SEGV_CPERR", "control protection fault"},
    Code{31, 1, "SYS_SECCOMP", "system call refused by seccomp"},
    Code{31, 2, "SYS_USER_DISPATCH", "system call dispatched to user space"},
};

const Code* find_code(std::int32_t number, std::int32_t code) noexcept
{
    for (const Code& known : codes) {
        if (known.code == code && (known.signal == 0 || known.signal == number)) {
            return &known;
        }
    }
    return nullptr;
}

}  // namespace

std::string signal_name(std::int32_t number)
{
    if (number > 0 && number < static_cast<std::int32_t>(names.size())) {
        return std::string(names[static_cast<std::size_t>(number)]);
    }
    if (number == first_realtime) {
        return "SIGRTMIN";
    }
    if (number > first_realtime && number <= last_realtime) {
        return "SIGRTMIN+" + std::to_string(number - first_realtime);
    }
    return "signal " + std::to_string(number);
}

std::string_view signal_code_name(std::int32_t number, std::int32_t code) noexcept
{
    const Code* known = find_code(number, code);
    return known == nullptr ? std::string_view{} : known->name;
}

std::string_view signal_code_meaning(std::int32_t number, std::int32_t code) noexcept
{
    const Code* known = find_code(number, code);
    return known == nullptr ? std::string_view{} : known->meaning;
}

}  // namespace pycore
