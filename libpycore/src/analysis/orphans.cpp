#include "analysis/orphans.hpp"

#include <algorithm>
#include <map>

#include "analysis/check_facts.hpp"

namespace pycore {
namespace {

bool is_lock_of_threads(ResourceKind kind) noexcept
{
    switch (kind) {
    case ResourceKind::lock:
    case ResourceKind::rlock:
    case ResourceKind::import_lock:
    case ResourceKind::internal_lock:
    case ResourceKind::pthread_mutex:
    case ResourceKind::pthread_rwlock: return true;
    default: return false;
    }
}

bool is_in_core(const Snapshot& snapshot, const Owner& owner)
{
    return owner.thread && *owner.thread < snapshot.threads.size();
}

/// The one owner that is known for certain and will not go on.
const Owner* lost_owner(const Snapshot& snapshot, const Resource& resource)
{
    for (const Owner& owner : resource.owners) {
        if (!owner.certain || owner.how == OwnerEvidence::reference) {
            continue;
        }
        const bool hangs = is_in_core(snapshot, owner) &&
                           snapshot.threads[*owner.thread].activity == Activity::hanging_at_exit;
        return hangs || !is_in_core(snapshot, owner) ? &owner : nullptr;
    }
    return nullptr;
}

/// Nobody but its waiters has anything to do with it, and there is nobody else to ask.
bool is_deserted(const Snapshot& snapshot,
                 const Resource& resource,
                 const std::vector<std::size_t>& waiters)
{
    const auto waits = [&](const Owner& owner) {
        return owner.how == OwnerEvidence::reference && owner.thread &&
               std::ranges::find(waiters, *owner.thread) != waiters.end();
    };
    return count_threads(snapshot) == 1 && std::ranges::all_of(resource.owners, waits);
}

}  // namespace

std::vector<Orphan> find_orphans(const Snapshot& snapshot)
{
    std::map<std::size_t, std::vector<std::size_t>> waiters;
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        if (waits_for_ever(snapshot, snapshot.threads[i])) {
            waiters[snapshot.threads[i].wait->resource].push_back(i);
        }
    }
    std::vector<Orphan> orphans;
    for (auto& [index, waiting] : waiters) {
        const Resource& resource = snapshot.resources[index];
        if (!is_lock_of_threads(resource.kind)) {
            continue;
        }
        const Owner* const owner = lost_owner(snapshot, resource);
        if (owner != nullptr || is_deserted(snapshot, resource, waiting)) {
            orphans.push_back({.resource = index,
                               .waiters = std::move(waiting),
                               .owner = owner,
                               .hanging = owner != nullptr && is_in_core(snapshot, *owner)});
        }
    }
    return orphans;
}

bool is_forked_child(const Snapshot& snapshot)
{
    return std::ranges::any_of(snapshot.threads, [](const Thread& thread) {
        // In the parent `_launch` calls fork and nothing else.
        return runs_function(thread, "multiprocessing/popen_fork.py", "_launch") &&
               runs_function(thread, "multiprocessing/process.py", "_bootstrap");
    });
}

}  // namespace pycore
