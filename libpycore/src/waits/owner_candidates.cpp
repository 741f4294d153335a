#include "waits/owner_candidates.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "waits/describe.hpp"
#include "waits/references.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_candidates = 64;  // of one resource

/// How likely a thread has what it refers to, the likeliest first.
enum class Rank : std::uint8_t { in_a_function, in_a_module, waits_itself };

struct Candidate {
    std::size_t thread = 0;
    std::size_t frame = 0;  ///< index in `Thread::stack`
    Rank rank = Rank::in_a_function;
};

Owner make_owner(const Thread& thread, const Candidate& candidate)
{
    const bool waits = candidate.rank == Rank::waits_itself;
    const std::string_view words =
        waits ? "waits for it, and may have taken it before, in " : "refers to it in ";
    return Owner{.thread = candidate.thread,
                 .tid = thread.tid,
                 .python_thread_id = thread.python_thread_id,
                 .how = OwnerEvidence::reference,
                 .evidence = std::string(words) + describe_frame(thread.stack[candidate.frame])};
}

/// The code of a module names all that is in it.
bool is_module(const StackFrame& frame)
{
    const auto* const python = std::get_if<PythonFrame>(&frame);
    return python != nullptr && python->code->name == "<module>";
}

/// Those who wait for it are left out where another may have it, and where it is nothing that who
/// waits for it could have.
void put(std::vector<Candidate> candidates, std::span<const Thread> threads, Resource& resource)
{
    std::ranges::stable_sort(candidates, {}, &Candidate::rank);
    const bool keeps_waiters =
        resource.kind == ResourceKind::lock && candidates.front().rank == Rank::waits_itself;
    for (const Candidate& candidate : candidates) {
        const bool is_left_out = candidate.rank == Rank::waits_itself && !keeps_waiters;
        if (!is_left_out && resource.owners.size() < most_candidates) {
            resource.owners.push_back(make_owner(threads[candidate.thread], candidate));
        }
    }
}

}  // namespace

void add_candidates(const WaitInput& input,
                    InterpreterObjects& objects,
                    std::span<const std::size_t> wanted,
                    std::span<const std::vector<std::size_t>> waiters,
                    ResourceTable& table)
{
    std::map<Address, std::size_t> resources;
    std::set<Address> addresses;
    for (const std::size_t index : wanted) {
        resources.emplace(table.at(index).address, index);
        addresses.insert(table.at(index).address);
    }
    std::map<std::size_t, std::vector<Candidate>> found;
    const References references(input, objects, addresses);
    for (std::size_t i = 0; i < input.threads.size() && !wanted.empty(); ++i) {
        for (const auto& [object, frame] : references.find(i)) {
            const std::size_t index = resources[object];
            const bool waits = std::ranges::binary_search(waiters[index], i);
            const bool in_module = is_module(input.threads[i].stack[frame]);
            found[index].push_back({.thread = i,
                                    .frame = frame,
                                    .rank = waits       ? Rank::waits_itself
                                            : in_module ? Rank::in_a_module
                                                        : Rank::in_a_function});
        }
    }
    for (auto& [index, candidates] : found) {
        put(std::move(candidates), input.threads, table.at(index));
    }
}

}  // namespace pycore
