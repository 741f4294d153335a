#include "waits/system_call.hpp"

#include <algorithm>

#include "waits/futex.hpp"
#include "waits/system_call_names.hpp"

namespace pycore {
namespace {

enum class Timeout : std::uint8_t {
    none,
    milliseconds,  ///< an int; negative: none
    relative,      ///< `struct timespec`, or null
    overwritten,   ///< the same, but the kernel has replaced it by what is left of it
    absolute       ///< the same, as the time of a clock
};

/// Which of a system call's arguments say something.
struct CallRule {
    std::uint32_t number = 0;
    std::int8_t fd = -1;  ///< index, -1 for none
    Timeout timeout = Timeout::none;
    std::uint8_t timeout_at = 0;  ///< index
};

constexpr std::array rules{
    CallRule{0, 0},    // read
    CallRule{1, 0},    // write
    CallRule{16, 0},   // ioctl
    CallRule{17, 0},   // pread64
    CallRule{18, 0},   // pwrite64
    CallRule{19, 0},   // readv
    CallRule{20, 0},   // writev
    CallRule{42, 0},   // connect
    CallRule{43, 0},   // accept
    CallRule{44, 0},   // sendto
    CallRule{45, 0},   // recvfrom
    CallRule{46, 0},   // sendmsg
    CallRule{47, 0},   // recvmsg
    CallRule{72, 0},   // fcntl
    CallRule{73, 0},   // flock
    CallRule{74, 0},   // fsync
    CallRule{75, 0},   // fdatasync
    CallRule{288, 0},  // accept4
    CallRule{call::poll, -1, Timeout::milliseconds, 2},
    CallRule{call::ppoll, -1, Timeout::overwritten, 2},
    CallRule{call::select, -1, Timeout::overwritten, 4},
    CallRule{call::pselect6, -1, Timeout::overwritten, 4},
    CallRule{call::nanosleep, -1, Timeout::relative, 0},
    CallRule{128, -1, Timeout::relative, 2},     // rt_sigtimedwait
    CallRule{220, -1, Timeout::relative, 3},     // semtimedop
    CallRule{232, 0, Timeout::milliseconds, 3},  // epoll_wait
    CallRule{242, 0, Timeout::absolute, 4},      // mq_timedsend
    CallRule{243, 0, Timeout::absolute, 4},      // mq_timedreceive
    CallRule{281, 0, Timeout::milliseconds, 3},  // epoll_pwait
    CallRule{441, 0, Timeout::relative, 3},      // epoll_pwait2
    CallRule{call::futex_waitv, -1, Timeout::absolute, 3},
};

CallRule rule_of(const KernelCall& call)
{
    constexpr std::uint64_t absolute_time = 1;
    const auto& arguments = call.arguments;
    if (call.number == call::clock_nanosleep) {
        const bool absolute = (arguments[1] & absolute_time) != 0;
        return {*call.number, -1, absolute ? Timeout::absolute : Timeout::relative, 2};
    }
    if (call.number == call::futex) {
        const bool relative = FutexOperation(arguments[1]).has_relative_timeout();
        return {*call.number, -1, relative ? Timeout::relative : Timeout::absolute, 3};
    }
    const auto* const known = std::ranges::find(rules, *call.number, &CallRule::number);
    return known == rules.end() ? CallRule{.number = *call.number} : *known;
}

std::optional<double> read_time(const Memory& memory, Address at)
{
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    const auto time = memory.read<std::array<std::int64_t, 2>>(at, "time");
    if (!time || (*time)[0] < 0 || (*time)[1] < 0 || (*time)[1] >= nanoseconds) {
        return std::nullopt;
    }
    return static_cast<double>((*time)[0]) +
           static_cast<double>((*time)[1]) / static_cast<double>(nanoseconds);
}

void add_timeout(const Memory& memory, const CallRule& rule, std::uint64_t value, SystemCall& call)
{
    switch (rule.timeout) {
    case Timeout::none: return;
    case Timeout::milliseconds: {
        const auto milliseconds = static_cast<std::int32_t>(value);
        call.timed = milliseconds >= 0;
        if (call.timed) {
            call.timeout = milliseconds / 1000.0;
        }
        return;
    }
    case Timeout::relative:
        call.timed = value != 0;
        call.timeout = call.timed ? read_time(memory, Address{value}) : std::nullopt;
        return;
    case Timeout::overwritten:
    case Timeout::absolute: call.timed = value != 0; return;
    }
}

/// The only one that `poll` was given, of its `struct pollfd`.
std::optional<std::int32_t> polled_fd(const Memory& memory, const KernelCall& call)
{
    const bool polls = call.number == call::poll || call.number == call::ppoll;
    if (!polls || call.arguments[1] != 1) {
        return std::nullopt;
    }
    const auto fd = memory.read<std::int32_t>(Address{call.arguments[0]}, "pollfd");
    return fd ? std::optional(*fd) : std::nullopt;
}

std::optional<std::int64_t> awaited_pid(const KernelCall& call)
{
    constexpr std::uint64_t by_pid = 1;  // P_PID
    std::int64_t pid = 0;
    if (call.number == call::wait4) {
        pid = static_cast<std::int32_t>(call.arguments[0]);
    } else if (call.number == call::waitid && call.arguments[0] == by_pid) {
        pid = static_cast<std::int32_t>(call.arguments[1]);
    }
    return pid > 0 ? std::optional(pid) : std::nullopt;
}

}  // namespace

std::optional<SystemCall> describe_kernel_call(const Memory& memory, const KernelCall& call)
{
    if (!call.number) {
        return std::nullopt;
    }
    SystemCall described{.number = *call.number,
                         .name = name_of_system_call(*call.number),
                         .fd = polled_fd(memory, call),
                         .path = {},
                         .timeout = std::nullopt,
                         .pid = awaited_pid(call),
                         .certain = call.certain};
    const CallRule rule = rule_of(call);
    if (rule.fd >= 0) {
        described.fd = static_cast<std::int32_t>(call.arguments[static_cast<std::size_t>(rule.fd)]);
    }
    add_timeout(memory, rule, call.arguments[rule.timeout_at], described);
    return described;
}

bool only_sleeps(const KernelCall& call, const SystemCall& described)
{
    switch (described.number) {
    case call::nanosleep:
    case call::clock_nanosleep: return true;
    case call::poll:
    case call::ppoll: return described.timed && call.arguments[1] == 0;
    case call::select:
    case call::pselect6: return described.timed && call.arguments[0] == 0;
    default: return false;
    }
}

}  // namespace pycore
