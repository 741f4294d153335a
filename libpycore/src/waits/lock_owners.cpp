#include "waits/lock_owners.hpp"

#include <algorithm>
#include <iterator>

#include "objects/integer.hpp"

namespace pycore {
namespace {

bool is_known(const std::vector<Owner>& owners, std::size_t thread)
{
    return std::ranges::any_of(owners, [&](const Owner& owner) { return owner.thread == thread; });
}

/// One of each thread that claims it for certain, or of those that do not.
std::vector<Owner> owners_by(std::span<const LockClaim> claims,
                             std::span<const Thread> threads,
                             bool certain)
{
    std::vector<Owner> owners;
    for (const LockClaim& claim : claims) {
        if (claim.certain != certain || is_known(owners, claim.thread)) {
            continue;
        }
        const Thread& thread = threads[claim.thread];
        owners.push_back(Owner{.thread = claim.thread,
                               .tid = thread.tid,
                               .python_thread_id = thread.python_thread_id,
                               .how = claim.how,
                               .certain = certain,
                               .where = claim.where,
                               .evidence = claim.evidence});
    }
    return owners;
}

}  // namespace

std::vector<Owner> choose_lock_owners(std::span<const LockClaim> claims,
                                      std::span<const Thread> threads)
{
    std::vector<Owner> owners = owners_by(claims, threads, true);
    if (owners.empty()) {
        owners = owners_by(claims, threads, false);
        std::ranges::stable_sort(owners, {}, &Owner::how);
        return owners;
    }
    // Only one of them can have it: the others are letting go, or have let go by hand.
    for (Owner& owner : owners) {
        owner.certain = owners.size() == 1;
    }
    return owners;
}

std::vector<Owner> choose_semaphore_owners(std::span<const LockClaim> claims,
                                           std::span<const Thread> threads,
                                           Address semaphore,
                                           PythonObjects* objects,
                                           bool& complete)
{
    std::vector<Owner> owners = owners_by(claims, threads, true);
    const bool is_bounded =
        objects != nullptr && objects->is_instance(semaphore, "threading", "BoundedSemaphore");
    const auto most = is_bounded ? read_unsigned(objects->memory(), objects->layout(),
                                                 objects->attribute(semaphore, "_initial_value"))
                                 : Result<std::uint64_t>(0);
    complete = !owners.empty() && most && *most == owners.size();
    for (Owner& owner : owners) {
        owner.certain = complete;
    }
    if (!complete) {
        std::ranges::copy_if(owners_by(claims, threads, false), std::back_inserter(owners),
                             [&](const Owner& other) { return !is_known(owners, *other.thread); });
    }
    return owners;
}

void add_place(std::span<const LockClaim> claims, Owner& owner)
{
    const auto claim = std::ranges::find_if(
        claims, [&](const LockClaim& one) { return one.certain && owner.thread == one.thread; });
    if (claim != claims.end()) {
        owner.where = claim->where;
        owner.evidence += ", " + claim->evidence;
    }
}

}  // namespace pycore
