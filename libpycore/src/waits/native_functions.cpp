#include "waits/native_functions.hpp"

#include <algorithm>
#include <array>

namespace pycore {
namespace {

// From a system call to its caller outside the C library there are few.
constexpr std::size_t most_functions = 64;

using enum ResourceKind;

constexpr std::array wait_functions{
    WaitFunction{"pthread_mutex_lock", pthread_mutex},
    WaitFunction{"pthread_mutex_timedlock", pthread_mutex},
    WaitFunction{"pthread_mutex_clocklock", pthread_mutex},
    WaitFunction{"pthread_rwlock_rdlock", pthread_rwlock},
    WaitFunction{"pthread_rwlock_timedrdlock", pthread_rwlock},
    WaitFunction{"pthread_rwlock_clockrdlock", pthread_rwlock},
    WaitFunction{"pthread_rwlock_wrlock", pthread_rwlock},
    WaitFunction{"pthread_rwlock_timedwrlock", pthread_rwlock},
    WaitFunction{"pthread_rwlock_clockwrlock", pthread_rwlock},
    WaitFunction{"pthread_cond_wait", pthread_condition},
    WaitFunction{"pthread_cond_timedwait", pthread_condition},
    WaitFunction{"pthread_cond_clockwait", pthread_condition},
    WaitFunction{"sem_wait", pthread_semaphore},
    WaitFunction{"sem_timedwait", pthread_semaphore},
    WaitFunction{"sem_clockwait", pthread_semaphore},
    WaitFunction{"pthread_join", pthread_join},
    WaitFunction{"pthread_timedjoin_np", pthread_join},
    WaitFunction{"pthread_clockjoin_np", pthread_join},
};

/// What some of them end with a jump to, which only a debug file names.
struct InnerFunction {
    std::string_view name;
    std::string_view called;
};

constexpr std::array inner_functions{
    InnerFunction{"new_sem_wait_slow64", "sem_wait"},
    InnerFunction{"pthread_clockjoin_ex", "pthread_join"},
    InnerFunction{"pthread_mutex_lock_full", "pthread_mutex_lock"},
    InnerFunction{"pthread_mutex_clocklock_common", "pthread_mutex_timedlock"},
    InnerFunction{"pthread_rwlock_rdlock_full64", "pthread_rwlock_rdlock"},
    InnerFunction{"pthread_rwlock_wrlock_full64", "pthread_rwlock_wrlock"},
};

struct CallingFunction {
    std::string_view name;
    std::uint32_t number = 0;
};

constexpr std::array calling_functions{
    CallingFunction{"read", 0},         CallingFunction{"write", 1},
    CallingFunction{"poll", 7},         CallingFunction{"ppoll", 271},
    CallingFunction{"select", 270},     CallingFunction{"pselect", 270},
    CallingFunction{"readv", 19},       CallingFunction{"writev", 20},
    CallingFunction{"pause", 34},       CallingFunction{"connect", 42},
    CallingFunction{"accept", 43},      CallingFunction{"accept4", 288},
    CallingFunction{"send", 44},        CallingFunction{"sendto", 44},
    CallingFunction{"recv", 45},        CallingFunction{"recvfrom", 45},
    CallingFunction{"sendmsg", 46},     CallingFunction{"recvmsg", 47},
    CallingFunction{"wait4", 61},       CallingFunction{"waitpid", 61},
    CallingFunction{"waitid", 247},     CallingFunction{"fcntl", 72},
    CallingFunction{"fcntl64", 72},     CallingFunction{"flock", 73},
    CallingFunction{"fsync", 74},       CallingFunction{"ioctl", 16},
    CallingFunction{"nanosleep", 230},  CallingFunction{"clock_nanosleep", 230},
    CallingFunction{"sigwait", 128},    CallingFunction{"sigtimedwait", 128},
    CallingFunction{"epoll_wait", 232}, CallingFunction{"epoll_pwait", 281},
};

std::string_view plain_name(const NativePlace& place)
{
    const std::string_view name = place.function;
    const std::size_t start = name.find_first_not_of('_');
    return start == std::string_view::npos ? std::string_view() : name.substr(start);
}

}  // namespace

std::span<const StackFrame> running_frames(const Thread& thread, const ThreadContext& context)
{
    std::span<const StackFrame> frames = thread.stack;
    if (!context.interrupted) {
        return frames;
    }
    for (std::size_t i = frames.size(); i-- > 0;) {
        const auto* const call = std::get_if<NativeCall>(&frames[i]);
        if (call != nullptr && call->signal_frame) {
            return frames.subspan(i + 1);
        }
    }
    return frames;
}

std::vector<std::string_view> native_functions(std::span<const StackFrame> frames)
{
    std::vector<std::string_view> names;
    for (const StackFrame& frame : frames.first(std::min(frames.size(), most_functions))) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        if (call == nullptr || call->trust == Trust::scan) {
            break;
        }
        if (const std::string_view name = plain_name(*call->place); !name.empty()) {
            names.push_back(name);
        }
    }
    return names;
}

bool python_called(const WaitInput& input, std::span<const StackFrame> frames)
{
    std::optional<std::size_t> innermost;
    for (const StackFrame& frame : frames) {
        const auto* const native = std::get_if<NativeCall>(&frame);
        if (native == nullptr || !native->place->module) {
            return false;
        }
        const std::size_t module = *native->place->module;
        innermost = innermost.value_or(module);
        if (module != *innermost) {
            return is_python(input, module);
        }
    }
    return false;
}

bool is_python(const WaitInput& input, std::size_t module)
{
    return module < input.modules.size() && !input.interpreters.empty() &&
           input.modules[module].range.contains(input.interpreters.front().runtime);
}

std::optional<WaitFunction> find_wait_function(std::span<const std::string_view> functions)
{
    for (const std::string_view function : functions) {
        const auto* const inner =
            std::ranges::find(inner_functions, function, &InnerFunction::name);
        const std::string_view name = inner == inner_functions.end() ? function : inner->called;
        const auto* const known = std::ranges::find(wait_functions, name, &WaitFunction::name);
        if (known != wait_functions.end()) {
            return *known;
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> find_system_call_of(std::span<const std::string_view> functions)
{
    for (const std::string_view function : functions) {
        const auto* const known =
            std::ranges::find(calling_functions, function, &CallingFunction::name);
        if (known != calling_functions.end()) {
            return known->number;
        }
    }
    return std::nullopt;
}

}  // namespace pycore
