#include "waits/pthread_objects.hpp"

#include <array>

// The structs are glibc's for x86-64: sysdeps/nptl/bits/struct_mutex.h, struct_rwlock.h,
// thread-shared-types.h and semaphoreP.h of 2.36 to 2.43. Measured on 2.36, 2.41 and 2.43.
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

Address before(Address at, std::uint64_t bytes)
{
    return Address{at.value < bytes ? 0 : at.value - bytes};
}

/// Two words of a rwlock are slept on: `__wrphase_futex` and `__writers_futex`.
Address rwlock_around(Address word)
{
    return before(word, word.value % 8 == 0 ? 8 : 12);
}

std::optional<std::int32_t> writer_of(const Memory& memory, Address rwlock)
{
    constexpr std::size_t writer = 6;
    const auto words = memory.read<std::array<std::int32_t, 7>>(rwlock, "pthread rwlock");
    const std::int32_t tid = words ? (*words)[writer] : 0;
    return tid > 0 ? std::optional(tid) : std::nullopt;
}

/// The words of a `pthread_cond_t`. One of two words is slept on, for one of two groups.
using ConditionWords = std::array<std::uint32_t, 12>;

std::uint64_t long_at(const ConditionWords& words, std::size_t index)
{
    return words[index] | std::uint64_t{words[index + 1]} << 32U;
}

/// `__wrefs`: above three flags, how many threads are in it.
bool has_waiters(std::uint32_t references, std::size_t threads)
{
    return (references >> 3U) >= 1 && (references >> 3U) <= threads;
}

/// Up to 2.40: `__wseq`, `__g1_start`, `__g_refs[2]`, `__g_size[2]`, `__g1_orig_size`, `__wrefs`,
/// `__g_signals[2]`. Those who sleep in a group have a reference to it, which counts double.
bool is_old_condition(const ConditionWords& words, std::size_t group, std::size_t threads)
{
    const std::uint64_t sequence = long_at(words, 0);
    return sequence >= 2 && long_at(words, 2) <= sequence && words[4 + group] >= 2 &&
           has_waiters(words[9], threads);
}

/// From 2.41 on: `__wseq`, `__g1_start`, `__g_size[2]`, `__g1_orig_size`, `__wrefs`,
/// `__g_signals[2]`, and two that are zero.
bool is_new_condition(const ConditionWords& words, std::size_t threads)
{
    const std::uint64_t sequence = long_at(words, 0);
    return sequence >= 2 && long_at(words, 2) <= sequence / 2 && (words[10] | words[11]) == 0 &&
           has_waiters(words[7], threads);
}

/// Null where neither shape fits.
Address condition_around(const Memory& memory, Address word, std::size_t threads)
{
    constexpr std::uint64_t old_signals = 40;
    constexpr std::uint64_t new_signals = 32;
    const std::size_t group = word.value % 8 == 0 ? 0 : 1;
    for (const std::uint64_t signals : {new_signals, old_signals}) {
        const Address at = before(word, signals + 4 * group);
        const auto words = memory.read<ConditionWords>(at, "pthread condition");
        if (!at || !words) {
            continue;
        }
        if (signals == new_signals ? is_new_condition(*words, threads)
                                   : is_old_condition(*words, group, threads)) {
            return at;
        }
    }
    return {};
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
        return {kind, condition_around(memory, call.word, index.threads()), std::nullopt};
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
    if (const Address condition = condition_around(memory, call.word, index.threads())) {
        return PthreadObject{pthread_condition, condition, std::nullopt, false};
    }
    if (call.expected == 0 && is_semaphore(memory, call.word, index.threads())) {
        return PthreadObject{pthread_semaphore, call.word, std::nullopt, false};
    }
    return rwlock;
}

}  // namespace pycore
