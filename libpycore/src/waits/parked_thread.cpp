#include "waits/parked_thread.hpp"

#include <array>

namespace pycore {
namespace {

/// From the innermost frame to those of the parking lot it is not far, but a wait may have been
/// entered from deep recursion, and stacks of threads may be large.
constexpr std::uint64_t most_stack = std::uint64_t{64} << 20U;

bool is_on_stack(const ThreadRegisters& registers, Address word)
{
    const std::uint64_t sp = registers.sp.value;
    const std::uint64_t end = registers.thread_pointer.value;  // above the stack, but for the main
                                                               // thread's, which is elsewhere
    return word.value >= sp && word.value - sp < most_stack && (end <= sp || word.value < end);
}

std::optional<Address> pointer_at(const Memory& memory, std::uint64_t at)
{
    const auto value = memory.read<Address>(Address{at}, "wait entry");
    return value ? std::optional(*value) : std::nullopt;
}

// `struct wait_entry` of Python/parking_lot.c, 3.13 on: the address at 8, the semaphore at 16, the
// links to its neighbours in the bucket at 48.
constexpr std::uint64_t address_before = 8;
constexpr std::uint64_t links_after = 32;

/// Its neighbours in the bucket know it.
bool is_linked(const Memory& memory, Address word)
{
    const std::uint64_t node = word.value + links_after;
    const auto next = pointer_at(memory, node);
    const auto previous = pointer_at(memory, node + 8);
    return next && previous && pointer_at(memory, next->value + 8) == Address{node} &&
           pointer_at(memory, previous->value) == Address{node};
}

}  // namespace

std::optional<ParkedThread> find_parked(const Memory& memory,
                                        const ThreadRegisters& registers,
                                        Address word)
{
    if (!is_on_stack(registers, word) || word.value % 8 != 0) {
        return std::nullopt;
    }
    const auto address = pointer_at(memory, word.value - address_before);
    if (!address) {
        return std::nullopt;
    }
    if (is_linked(memory, word) && memory.read<std::uint8_t>(*address, "parked byte")) {
        return ParkedThread{*address, true};
    }
    // `struct raw_mutex_entry` of Python/lock.c: the next one that waits, then the semaphore.
    const bool is_entry =
        !*address || (address->value % 8 == 0 && pointer_at(memory, address->value));
    return is_entry ? std::optional(ParkedThread{{}, false}) : std::nullopt;
}

}  // namespace pycore
