#include "waits/native_index.hpp"

namespace pycore {
namespace {

// `struct pthread` of glibc, of which the thread pointer is the start.
constexpr std::uint64_t thread_size = 2304;

// Of glibc, for x86-64.
constexpr std::uint64_t condition_size = 48;
constexpr std::uint64_t mutex_size = 40;

bool holds(Field<Address> member, std::uint64_t size, std::uint64_t offset)
{
    return member.exists() && offset >= member.offset && offset - member.offset < size;
}

}  // namespace

NativeIndex::NativeIndex(const WaitInput& input, std::span<const std::optional<Gil>> gils)
    : input_(input)
{
    for (std::size_t i = 0; i < input.threads.size(); ++i) {
        if (const auto& registers = input.threads[i].registers) {
            tids_.emplace(registers->tid, i);
            descriptions_.emplace(registers->thread_pointer, i);
        }
    }
    for (std::size_t i = 0; i < gils.size(); ++i) {
        if (gils[i]) {
            gils_.emplace(gils[i]->address, i);
        }
    }
}

std::optional<NativeIndex::ThreadPart> NativeIndex::find_thread(Address at) const
{
    const auto after = descriptions_.upper_bound(at);
    if (after == descriptions_.begin()) {
        return std::nullopt;
    }
    const auto& [start, thread] = *std::prev(after);
    const std::uint64_t offset = at.value - start.value;
    return start && offset < thread_size ? std::optional(ThreadPart{thread, offset}) : std::nullopt;
}

std::optional<std::size_t> NativeIndex::find_gil(Address at) const
{
    const auto after = gils_.upper_bound(at);
    if (after == gils_.begin()) {
        return std::nullopt;
    }
    const auto& [start, interpreter] = *std::prev(after);
    const GilLayout& layout = input_.layouts[interpreter]->gil;
    const std::uint64_t offset = at.value - start.value;
    const bool inside = holds(layout.condition, condition_size, offset) ||
                        holds(layout.mutex, mutex_size, offset) ||
                        holds(layout.switch_condition, condition_size, offset) ||
                        holds(layout.switch_mutex, mutex_size, offset);
    return inside ? std::optional(interpreter) : std::nullopt;
}

}  // namespace pycore
