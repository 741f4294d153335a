#include "waits/joined_thread.hpp"

#include <algorithm>

#include "objects/dict.hpp"
#include "objects/integer.hpp"

namespace pycore {
namespace {

/// Calls `take` for all threads that `threading` knows, until it returns true.
template <class Take>
void visit_threads(PythonObjects& objects, Take take)
{
    Budget& budget = objects.input().budget;
    Limits limits = objects.input().limits;
    limits.max_dict_entries = std::min<std::uint64_t>(limits.max_threads, budget.value_slots);
    const Address active = objects.types().find_in_module("threading", "_active");
    const auto entries = walk_dict(objects.memory(), objects.layout(), active, limits);
    budget.value_slots -= std::min(budget.value_slots, entries.visited);
    for (const DictEntry& entry : entries.items) {
        if (take(entry.value)) {
            return;
        }
    }
}

std::uint64_t read_ident(PythonObjects& objects, Address thread)
{
    const Address ident = objects.attribute(thread, "_ident");
    return ident ? read_unsigned(objects.memory(), objects.layout(), ident).value_or(0) : 0;
}

}  // namespace

std::optional<std::size_t> find_thread(const WaitInput& input, std::uint64_t ident)
{
    const auto found = std::ranges::find_if(
        input.threads, [ident](const Thread& thread) { return thread.python_thread_id == ident; });
    return found == input.threads.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - input.threads.begin()));
}

JoinedThread find_joined_thread(PythonObjects& objects, std::uint64_t ident)
{
    JoinedThread joined{.object = {}, .ident = ident};
    visit_threads(objects, [&](Address thread) {
        const bool found = read_ident(objects, thread) == ident;
        joined.object = found ? thread : Address{};
        return found;
    });
    return joined;
}

JoinedThread find_joined_thread(PythonObjects& objects, Address thread)
{
    return {.object = thread, .ident = read_ident(objects, thread)};
}

Address find_thread_of_lock(PythonObjects& objects, Address lock)
{
    Address owner;
    visit_threads(objects, [&](Address thread) {
        const bool found = objects.attribute(thread, "_tstate_lock") == lock;
        owner = found ? thread : Address{};
        return found;
    });
    return owner;
}

}  // namespace pycore
