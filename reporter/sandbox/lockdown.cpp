#include "sandbox/lockdown.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "owned_descriptor.hpp"
#include "sandbox/landlock.hpp"
#include "sandbox/system_calls.hpp"

namespace pycore {
namespace {

// Its shadow of the memory is larger than any limit.
#ifdef __SANITIZE_ADDRESS__
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

// Beside the memory itself: ELF files that are mapped cost nothing but addresses.
constexpr std::uint64_t mapped_files = std::uint64_t{4} << 30;
constexpr std::uint64_t max_descriptors = 4096;

bool limit(__rlimit_resource resource, std::uint64_t most, std::uint64_t beyond = 0)
{
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) {
        return false;
    }
    const rlim_t least = std::min<rlim_t>(most, now.rlim_max);
    const rlimit both{.rlim_cur = least,
                      .rlim_max = std::min<rlim_t>(least + beyond, now.rlim_max)};
    return ::setrlimit(resource, &both) == 0;
}

bool limit_resources(const SandboxRules& rules)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(rules.time).count();
    const bool memory = sanitized || (limit(RLIMIT_DATA, rules.memory) &&
                                      limit(RLIMIT_AS, rules.memory + mapped_files));
    // The signal that says so comes a second before the one that kills.
    return memory && limit(RLIMIT_CPU, static_cast<std::uint64_t>(std::max<long>(seconds, 1)), 1) &&
           limit(RLIMIT_FSIZE, rules.file_size) && limit(RLIMIT_NOFILE, max_descriptors) &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0);
}

// Of all processes here this is the one to go when memory runs out.
void offer_to_oom_killer()
{
    const OwnedDescriptor file(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    [[maybe_unused]] const ssize_t written = ::write(file.number(), "1000", 4);
}

// A file that grows too large is an error of write(), not the end.
void reset_signals()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGXFSZ, SIGPIPE}) {
        ::signal(number, SIG_IGN);
    }
    for (const int number : {SIGCHLD, SIGALRM, SIGABRT, SIGSEGV, SIGBUS}) {
        ::signal(number, SIG_DFL);
    }
    sigset_t none{};
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool point_streams_nowhere()
{
    const OwnedDescriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    const bool done = null && ::dup2(null.number(), STDIN_FILENO) >= 0 &&
                      ::dup2(null.number(), STDOUT_FILENO) >= 0 &&
                      ::dup2(null.number(), STDERR_FILENO) >= 0;
    return done;
}

bool close_range_of(unsigned first, unsigned last)
{
    if (first > last || ::syscall(SYS_close_range, first, last, 0U) == 0) {
        return true;
    }
    // Before Linux 5.9.
    const long most = std::min(::sysconf(_SC_OPEN_MAX), 65536L);
    for (unsigned number = first; number <= last && number < static_cast<unsigned>(most);
         ++number) {
        ::close(static_cast<int>(number));
    }
    return errno == ENOSYS || errno == EBADF || errno == EPERM;
}

bool close_all_but(std::vector<int> kept)
{
    std::ranges::sort(kept);
    unsigned next = STDERR_FILENO + 1;
    for (const int number : kept) {
        const auto one = static_cast<unsigned>(number);
        if (number > STDERR_FILENO && !(one > next ? close_range_of(next, one - 1) : true)) {
            return false;
        }
        next = std::max(next, one + 1);
    }
    return close_range_of(next, ~0U);
}

// Only root can shrink this set, and only root's is of any use.
void drop_bounding_set()
{
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    }
}

bool become(const std::optional<SandboxIdentity>& identity)
{
    return !identity || (::setgroups(0, nullptr) == 0 &&
                         ::setresgid(identity->group, identity->group, identity->group) == 0 &&
                         ::setresuid(identity->user, identity->user, identity->user) == 0);
}

// To change who one is takes the first two back.
bool seal(pid_t parent)
{
    return ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && ::getppid() == parent &&
           ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

}  // namespace

bool give_up_capabilities()
{
    ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    const std::array<__user_cap_data_struct, 2> none{};
    return ::syscall(SYS_capset, &header, none.data()) == 0;
}

Lockdown lock_down(const SandboxRules& rules, std::vector<int> kept, pid_t parent)
{
    reset_signals();
    offer_to_oom_killer();
    if (!point_streams_nowhere() || !close_all_but(std::move(kept)) || ::chdir("/") != 0) {
        return Lockdown::failed;
    }
    drop_bounding_set();
    if (!become(rules.identity) || !give_up_capabilities() || !limit_resources(rules) ||
        !seal(parent)) {
        return Lockdown::failed;
    }
    const bool landlock = give_up_all_rights();
    if (!limit_system_calls()) {
        return Lockdown::failed;
    }
    return landlock ? Lockdown::complete : Lockdown::without_landlock;
}

}  // namespace pycore
