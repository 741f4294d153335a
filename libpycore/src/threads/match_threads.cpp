#include "threads/match_threads.hpp"

#include <elf.h>

#include <algorithm>
#include <tuple>

namespace pycore {

ThreadMatcher::ThreadMatcher(const CoreFile& core) : core_(core)
{
    // The kernel puts these bytes at the top of the main thread's stack.
    const Address main_stack{core.auxiliary(AT_RANDOM).value_or(0)};
    const AddressRange main_range = segment_of(main_stack);
    for (std::size_t i = 0; i < core.threads().size(); ++i) {
        const ThreadRegisters& thread = core.threads()[i];
        const AddressRange running = segment_of(thread.sp);
        stacks_.push_back({running, thread.sp, i});
        if (thread.thread_pointer) {
            by_pointer_.emplace(thread.thread_pointer.value, i);
        }
        if (thread.tid > 0) {
            by_tid_.emplace(static_cast<std::uint64_t>(thread.tid), i);
        }
        // A thread in a signal handler may be on an alternate stack. glibc keeps a thread's
        // descriptor, at which the thread pointer points, at the top of its ordinary stack.
        const AddressRange own = segment_of(thread.thread_pointer);
        if (!own.empty() && own != running) {
            stacks_.push_back({own, Address{}, i});
        }
        const bool is_main = core.process() && thread.tid == core.process()->pid;
        if (is_main && !main_range.empty() && main_range != running) {
            stacks_.push_back({main_range, Address{}, i});
        }
    }
    std::ranges::sort(stacks_, {}, [](const Stack& stack) {
        return std::tuple(stack.range.low(), stack.sp, stack.thread);
    });
}

AddressRange ThreadMatcher::segment_of(Address at) const
{
    const auto segments = core_.segments();
    const auto after = std::ranges::upper_bound(
        segments, at, {}, [](const LoadSegment& segment) { return segment.range.low(); });
    if (!at || after == segments.begin()) {
        return {};
    }
    const AddressRange range = std::prev(after)->range;
    return range.contains(at) ? range : AddressRange{};
}

std::optional<std::size_t> ThreadMatcher::find_by_stack(Address c_stack) const
{
    const AddressRange range = segment_of(c_stack);
    if (range.empty()) {
        return std::nullopt;
    }
    const auto [first, last] = std::ranges::equal_range(
        stacks_, range.low(), {}, [](const Stack& stack) { return stack.range.low(); });
    // Stacks grow down: of the threads whose stack pointer is in this mapping, the one nearest
    // below the address; else a thread whose ordinary stack this is.
    const auto above = std::ranges::upper_bound(first, last, c_stack, {},
                                                [](const Stack& stack) { return stack.sp; });
    return above == first ? std::nullopt : std::optional(std::prev(above)->thread);
}

std::optional<std::size_t> ThreadMatcher::find(const ThreadState& state, Address c_stack) const
{
    if (c_stack) {
        if (const auto found = find_by_stack(c_stack)) {
            return found;
        }
    }
    if (const auto found = by_pointer_.find(state.thread_id); found != by_pointer_.end()) {
        return found->second;
    }
    if (const auto found = by_tid_.find(state.native_thread_id); found != by_tid_.end()) {
        return found->second;
    }
    return std::nullopt;
}

}  // namespace pycore
