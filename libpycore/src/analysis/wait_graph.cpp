#include "analysis/wait_graph.hpp"

#include <algorithm>
#include <map>

namespace pycore {
namespace {

/// How much an owner counts: where one is for certain, or there is anything better than that its
/// frames refer to the resource, the others are none.
enum class Grade : std::uint8_t { certain, likely, candidate };

Grade grade_of(const Owner& owner, bool exclusive)
{
    if (owner.how == OwnerEvidence::reference) {
        return Grade::candidate;
    }
    return exclusive && owner.certain ? Grade::certain : Grade::likely;
}

/// The ones whose release the resource waits for. None where one of them is no thread of this core
/// or nobody is known: something else may release it.
std::vector<Holder> holders_of(const Resource& resource, Candidates candidates, std::size_t threads)
{
    const bool exclusive = has_owner(resource.kind);
    Grade best = Grade::candidate;
    for (const Owner& owner : resource.owners) {
        best = std::min(best, grade_of(owner, exclusive));
    }
    if (best == Grade::candidate && candidates == Candidates::left_out) {
        return {};
    }
    std::vector<Holder> holders;
    for (const Owner& owner : resource.owners) {
        if (grade_of(owner, exclusive) != best) {
            continue;
        }
        if (!owner.thread || *owner.thread >= threads) {
            return {};
        }
        holders.push_back({.thread = *owner.thread,
                           .owner = &owner,
                           .certain = owner.certain && (exclusive || resource.owners_certain)});
    }
    return holders;
}

/// Waiting for the GIL has a time limit, after which CPython asks for it and waits again.
bool waits_for_ever(const Wait& wait, ResourceKind kind)
{
    return !wait.idle && (!wait.timed || kind == ResourceKind::gil);
}

}  // namespace

WaitGraph::WaitGraph(const Snapshot& snapshot, Candidates candidates)
    : snapshot_(snapshot),
      awaited_(snapshot.threads.size()),
      waiters_(snapshot.resources.size()),
      holders_(snapshot.resources.size()),
      held_(snapshot.threads.size())
{
    number_threads();
    add_waiters();
    add_holders(candidates);
    free_who_can_go_on();
}

void WaitGraph::number_threads()
{
    std::map<std::int32_t, std::size_t> by_tid;
    const std::vector<Thread>& threads = snapshot_.threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        if (threads[i].tid) {
            const auto [known, is_new] = by_tid.emplace(*threads[i].tid, i);
            if (!is_new && threads[i].wait && !threads[known->second].wait) {
                known->second = i;
            }
        }
    }
    for (std::size_t i = 0; i < threads.size(); ++i) {
        same_.push_back(threads[i].tid ? by_tid.at(*threads[i].tid) : i);
    }
}

void WaitGraph::add_waiters()
{
    for (std::size_t i = 0; i < snapshot_.threads.size(); ++i) {
        const auto& wait = snapshot_.threads[i].wait;
        if (same_[i] != i || !wait || wait->resource >= snapshot_.resources.size()) {
            continue;
        }
        if (waits_for_ever(*wait, snapshot_.resources[wait->resource].kind)) {
            awaited_[i] = wait->resource;
            waiters_[wait->resource].push_back(i);
        }
    }
}

void WaitGraph::add_holders(Candidates candidates)
{
    for (std::size_t i = 0; i < snapshot_.resources.size(); ++i) {
        if (waiters_[i].empty()) {
            continue;
        }
        holders_[i] = holders_of(snapshot_.resources[i], candidates, same_.size());
        for (Holder& holder : holders_[i]) {
            holder.thread = same_[holder.thread];
            held_[holder.thread].push_back(i);
            // It takes what it has once more: whatever it waits for, it is not this.
            if (snapshot_.resources[i].kind == ResourceKind::rlock &&
                awaited_[holder.thread] == i) {
                awaited_[holder.thread].reset();
            }
        }
    }
}

void WaitGraph::free_who_can_go_on()
{
    std::vector<std::size_t> free;
    const auto release = [&](std::size_t resource) {
        for (const std::size_t waiter : waiters_[resource]) {
            if (awaited_[waiter]) {
                awaited_[waiter].reset();
                free.push_back(waiter);
            }
        }
    };
    for (std::size_t i = 0; i < awaited_.size(); ++i) {
        if (!awaited_[i]) {
            free.push_back(i);
        }
    }
    for (std::size_t i = 0; i < holders_.size(); ++i) {
        if (holders_[i].empty()) {
            release(i);
        }
    }
    while (!free.empty()) {
        const std::size_t thread = free.back();
        free.pop_back();
        for (const std::size_t resource : held_[thread]) {
            release(resource);
        }
    }
}

}  // namespace pycore
