#include "waits/pthread_condition.hpp"

#include <array>

// The struct is glibc's for x86-64, in bits/thread-shared-types.h. Measured on 2.36, 2.41 and 2.43.
namespace pycore {
namespace {

/// The words of a `pthread_cond_t`. One of two words is slept on, for one of two groups.
using ConditionWords = std::array<std::uint32_t, 12>;

std::uint64_t long_at(const ConditionWords& words, std::size_t index)
{
    return words[index] | std::uint64_t{words[index + 1]} << 32U;
}

/// What a condition counts. Threads that came before `first_start` are gone; the `first_size` after
/// those were in the first group, of which `left` are still there; the rest is in the second.
struct ConditionCounts {
    std::uint64_t came = 0;
    std::uint64_t first_start = 0;
    std::uint64_t first_size = 0;
    std::uint64_t left = 0;
    std::uint64_t inside = 0;  ///< also those that were woken and have not left yet
};

/// Somebody sleeps, and the numbers fit each other.
bool counts_fit(const ConditionCounts& counts, std::size_t threads)
{
    if (counts.first_start > counts.came || counts.came - counts.first_start < counts.first_size) {
        return false;
    }
    const std::uint64_t second = counts.came - counts.first_start - counts.first_size;
    return second <= counts.inside && counts.left <= counts.inside && second + counts.left >= 1 &&
           second + counts.left <= counts.inside && counts.inside <= threads;
}

/// Up to 2.40: `__wseq`, `__g1_start`, `__g_refs[2]`, `__g_size[2]`, `__g1_orig_size`, `__wrefs`,
/// `__g_signals[2]`.
ConditionCounts old_counts(const ConditionWords& words)
{
    return {long_at(words, 0) >> 1U, long_at(words, 2) >> 1U, words[8] >> 2U,
            std::uint64_t{words[6]} + words[7], words[9] >> 3U};
}

/// From 2.41 on: `__wseq`, `__g1_start`, `__g_size[2]`, `__g1_orig_size`, `__wrefs`,
/// `__g_signals[2]`, and two that are not used.
ConditionCounts new_counts(const ConditionWords& words)
{
    return {long_at(words, 0) >> 1U, long_at(words, 2), words[6] >> 2U,
            std::uint64_t{words[4]} + words[5], words[7] >> 3U};
}

}  // namespace

Address find_condition(const Memory& memory, Address word, std::size_t threads)
{
    constexpr std::uint64_t old_signals = 40;
    constexpr std::uint64_t new_signals = 32;
    for (const std::uint64_t signals : {new_signals, old_signals}) {
        const std::uint64_t before = signals + word.value % 8;
        const Address at{word.value < before ? 0 : word.value - before};
        const auto words = memory.read<ConditionWords>(at, "pthread condition");
        if (at && words &&
            counts_fit(signals == new_signals ? new_counts(*words) : old_counts(*words), threads)) {
            return at;
        }
    }
    return {};
}

}  // namespace pycore
