#include "waits/pthread_objects.hpp"

#include <array>

#include "waits/pthread_condition.hpp"

// The structs are glibc's for x86-64: sysdeps/nptl/bits/struct_mutex.h, struct_rwlock.h and
// semaphoreP.h of 2.36 to 2.43. Measured on 2.36, 2.41 and 2.43.
namespace pycore {
namespace {

using enum ResourceKind;

struct MutexWords {
    std::uint32_t lock = 0;
    std::uint32_t count = 0;
    std::uint32_t owner = 0;
    std::uint32_t users = 0;
    std::uint32_t kind = 0;

    /// Robust or with priority inheritance: the lock word is its owner, and flags.
    [[nodiscard]] bool lock_is_owner() const { return (kind & 0x30U) != 0; }

    [[nodiscard]] std::optional<std::int32_t> owning_thread() const
    {
        constexpr std::uint32_t thread_bits = 0x3FFF'FFFF;
        const std::uint32_t tid = lock_is_owner() ? lock & thread_bits : owner;
        return tid != 0 && tid <= thread_bits ? std::optional(static_cast<std::int32_t>(tid))
                                              : std::nullopt;
    }

    [[nodiscard]] bool plausible() const
    {
        constexpr std::uint32_t all_bits = 0x3FF;
        return (kind & ~all_bits) == 0 && (kind & 0xFU) <= 3;
    }
};

std::optional<MutexWords> read_mutex(const Memory& memory, Address at)
{
    const auto words = memory.read<MutexWords>(at, "pthread mutex");
    return words ? std::optional(*words) : std::nullopt;
}

PthreadObject mutex_at(const Memory& memory, Address at)
{
    const auto words = read_mutex(memory, at);
    return {pthread_mutex, at, words ? words->owning_thread() : std::nullopt};
}

/// Two words of a rwlock are slept on: `__wrphase_futex` and `__writers_futex`.
Address rwlock_around(Address word)
{
    const std::uint64_t before = word.value % 8 == 0 ? 8 : 12;
    return Address{word.value < before ? 0 : word.value - before};
}

std::optional<std::int32_t> writer_of(const Memory& memory, Address rwlock)
{
    constexpr std::size_t writer = 6;
    const auto words = memory.read<std::array<std::int32_t, 7>>(rwlock, "pthread rwlock");
    const std::int32_t tid = words ? (*words)[writer] : 0;
    return tid > 0 ? std::optional(tid) : std::nullopt;
}

bool is_semaphore(const Memory& memory, Address at, std::size_t threads)
{
    constexpr std::uint32_t shared = 128;
    const auto words = memory.read<std::array<std::uint32_t, 3>>(at, "semaphore");
    if (at.value % 8 != 0 || !words) {
        return false;
    }
    const auto [value, waiters, sharing] = *words;
    return value <= INT32_MAX && waiters >= 1 &&
           (sharing == shared || (sharing == 0 && waiters <= threads));
}

std::optional<PthreadObject> recognise_mutex(const Memory& memory,
                                             const NativeIndex& index,
                                             const FutexCall& call)
{
    const auto words = read_mutex(memory, call.word);
    if (!words || !words->plausible()) {
        return std::nullopt;
    }
    const auto owner = words->owning_thread();
    const bool owned = owner && index.has_thread(*owner);
    // A lock inside the C library is a word and nothing around it: what follows is zero, often.
    if (!owned && words->users == 0) {
        return std::nullopt;
    }
    return PthreadObject{pthread_mutex, call.word, owner, owned};
}

/// Both words are 1 or 0 for who goes first, and 2 once somebody sleeps.
std::optional<PthreadObject> recognise_rwlock(const Memory& memory,
                                              const NativeIndex& index,
                                              const FutexCall& call)
{
    const Address at = rwlock_around(call.word);
    const auto words = memory.read<std::array<std::uint32_t, 4>>(at, "pthread rwlock");
    if (!at || !words || (*words)[2] > 3 || (*words)[3] > 3 || (*words)[0] == 0) {
        return std::nullopt;
    }
    const auto owner = writer_of(memory, at);
    return PthreadObject{pthread_rwlock, at, owner, owner && index.has_thread(*owner)};
}

}  // namespace

PthreadObject pthread_object_of(const Memory& memory,
                                const NativeIndex& index,
                                ResourceKind kind,
                                const FutexCall& call)
{
    switch (kind) {
    case pthread_mutex: return mutex_at(memory, call.word);
    case pthread_rwlock: {
        const Address at = rwlock_around(call.word);
        return {kind, at, writer_of(memory, at)};
    }
    case pthread_condition:
        if (call.operation.is_plain_wait() || call.operation.locks()) {
            return mutex_at(memory, call.word);
        }
        return {kind, find_condition(memory, call.word, index.threads()), std::nullopt};
    case pthread_semaphore: return {kind, call.word, std::nullopt};
    default: return {kind, {}, std::nullopt};
    }
}

std::optional<PthreadObject> recognise_pthread_object(const Memory& memory,
                                                      const NativeIndex& index,
                                                      const FutexCall& call)
{
    // The low-level lock of glibc: 1 is taken, 2 is taken and waited for.
    constexpr std::uint32_t contended = 2;
    constexpr std::uint32_t owner_and_waiters = 0x8000'0000;
    if (call.operation.locks() || (call.expected & owner_and_waiters) != 0 ||
        (call.operation.is_plain_wait() && call.expected == contended)) {
        return recognise_mutex(memory, index, call);
    }
    if (call.operation.is_plain_wait()) {
        return std::nullopt;
    }
    if (call.expected == contended && call.timed) {
        if (auto mutex = recognise_mutex(memory, index, call); mutex && mutex->certain) {
            return mutex;
        }
    }
    const bool may_be_rwlock = call.expected == 2 || call.expected == 3;
    const auto rwlock = may_be_rwlock ? recognise_rwlock(memory, index, call) : std::nullopt;
    if (rwlock && rwlock->certain) {
        return rwlock;
    }
    if (const Address condition = find_condition(memory, call.word, index.threads())) {
        return PthreadObject{pthread_condition, condition, std::nullopt, false};
    }
    if (call.expected == 0 && is_semaphore(memory, call.word, index.threads())) {
        return PthreadObject{pthread_semaphore, call.word, std::nullopt, false};
    }
    return rwlock;
}

}  // namespace pycore
