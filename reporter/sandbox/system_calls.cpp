#include "sandbox/system_calls.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

namespace pycore {
namespace {

// For reading and writing of what is open, memory, time, and an orderly or disorderly end.
constexpr std::array allowed{
    SCMP_SYS(read),           SCMP_SYS(pread64),      SCMP_SYS(readv),
    SCMP_SYS(preadv),         SCMP_SYS(write),        SCMP_SYS(pwrite64),
    SCMP_SYS(writev),         SCMP_SYS(lseek),        SCMP_SYS(close),
    SCMP_SYS(fstat),          SCMP_SYS(fstatfs),      SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),      SCMP_SYS(fadvise64),    SCMP_SYS(dup),
    SCMP_SYS(poll),           SCMP_SYS(ppoll),        SCMP_SYS(sendto),
    SCMP_SYS(recvmsg),        SCMP_SYS(brk),          SCMP_SYS(munmap),
    SCMP_SYS(mremap),         SCMP_SYS(madvise),      SCMP_SYS(futex),
    SCMP_SYS(sched_yield),    SCMP_SYS(getrandom),    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),   SCMP_SYS(time),         SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),      SCMP_SYS(getpid),       SCMP_SYS(gettid),
    SCMP_SYS(getuid),         SCMP_SYS(geteuid),      SCMP_SYS(getgid),
    SCMP_SYS(getegid),        SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),   SCMP_SYS(sigaltstack),  SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),   SCMP_SYS(sched_getaffinity),
    SCMP_SYS(copy_file_range)};

// What a library may try for itself, and lives without.
constexpr std::array refused{
    SCMP_SYS(open),   SCMP_SYS(openat),       SCMP_SYS(openat2),    SCMP_SYS(creat),
    SCMP_SYS(access), SCMP_SYS(faccessat),    SCMP_SYS(faccessat2), SCMP_SYS(stat),
    SCMP_SYS(lstat),  SCMP_SYS(statx),        SCMP_SYS(readlink),   SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd), SCMP_SYS(getdents64),   SCMP_SYS(unlink),     SCMP_SYS(unlinkat),
    SCMP_SYS(prctl),  SCMP_SYS(prlimit64),    SCMP_SYS(uname),      SCMP_SYS(sysinfo),
    SCMP_SYS(ioctl),  SCMP_SYS(memfd_create), SCMP_SYS(getrusage),  SCMP_SYS(rseq)};

using Filter = std::unique_ptr<void, decltype(&::seccomp_release)>;

bool add(void* filter, std::uint32_t action, int call)
{
    return ::seccomp_rule_add(filter, action, call, 0) == 0;
}

bool add_if(void* filter, std::uint32_t action, int call, scmp_arg_cmp condition)
{
    return ::seccomp_rule_add(filter, action, call, 1, condition) == 0;
}

scmp_arg_cmp has_bits(unsigned argument, std::uint64_t mask, std::uint64_t value)
{
    return {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
}

scmp_arg_cmp equals(unsigned argument, std::uint64_t value)
{
    return {.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value, .datum_b = 0};
}

// No code comes to be; and fstat() is a newfstatat() in some versions of the C library.
bool add_conditions(void* filter)
{
    constexpr std::uint32_t no = SCMP_ACT_ERRNO(EACCES);
    constexpr std::uint64_t no_path = AT_EMPTY_PATH;
    return add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), has_bits(2, PROT_EXEC, 0)) &&
           add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), has_bits(2, PROT_EXEC, 0)) &&
           add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), has_bits(3, no_path, no_path)) &&
           add_if(filter, no, SCMP_SYS(newfstatat), has_bits(3, no_path, 0)) &&
           add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), equals(1, F_DUPFD_CLOEXEC)) &&
           add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), equals(1, F_GETFL)) &&
           add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), equals(1, F_GETFD)) &&
           add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), equals(1, F_SETFD));
}

// To oneself, as abort() does.
bool add_own_signals(void* filter)
{
    const auto self = static_cast<std::uint64_t>(::getpid());
    return add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), equals(0, self));
}

}  // namespace

bool limit_system_calls() noexcept
{
    const Filter filter(::seccomp_init(SCMP_ACT_KILL_PROCESS), &::seccomp_release);
    if (!filter) {
        return false;
    }
    for (const int call : allowed) {
        if (!add(filter.get(), SCMP_ACT_ALLOW, call)) {
            return false;
        }
    }
    for (const int call : refused) {
        if (!add(filter.get(), SCMP_ACT_ERRNO(EACCES), call)) {
            return false;
        }
    }
    return add_conditions(filter.get()) && add_own_signals(filter.get()) &&
           ::seccomp_load(filter.get()) == 0;
}

}  // namespace pycore
