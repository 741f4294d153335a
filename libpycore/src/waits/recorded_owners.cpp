#include "waits/recorded_owners.hpp"

#include <algorithm>
#include <utility>

#include "base/hex.hpp"
#include "objects/integer.hpp"
#include "waits/describe.hpp"

namespace pycore {
namespace {

/// The innermost Python frame, in words.
std::string innermost_frame(const Thread& thread)
{
    const auto found = std::ranges::find_if(thread.stack, [](const StackFrame& frame) {
        return std::holds_alternative<PythonFrame>(frame);
    });
    return found == thread.stack.end() ? std::string() : describe_frame(*found);
}

/// Whether one at a time can have a semaphore of `multiprocessing`: `maxvalue` of SemLockObject.
bool is_for_one(const PythonObjects& objects, const LockObject& lock)
{
    constexpr std::uint64_t most_offset = 20;
    const auto at = offset_by(lock.at, objects.layout().object.size + most_offset);
    const auto most =
        objects.memory().read<std::int32_t>(at.value_or(Address{}), "semaphore object");
    return most && *most == 1;
}

}  // namespace

Owner RecordedOwners::make(std::size_t thread, OwnerEvidence how, std::string evidence) const
{
    const Thread& owner = input_.threads[thread];
    return Owner{.thread = thread,
                 .tid = owner.tid,
                 .python_thread_id = owner.python_thread_id,
                 .how = how,
                 .certain = true,
                 .evidence = std::move(evidence)};
}

Owner RecordedOwners::owner_by_ident(std::uint64_t ident) const
{
    for (std::size_t i = 0; i < input_.threads.size(); ++i) {
        if (input_.threads[i].python_thread_id == ident) {
            return make(i, OwnerEvidence::recorded, "the lock has recorded it as its owner");
        }
    }
    return Owner{.python_thread_id = ident,
                 .how = OwnerEvidence::recorded,
                 .certain = true,
                 .evidence = "its owner, thread " + hex(ident) + ", is no thread of this process"};
}

std::optional<Owner> RecordedOwners::find_by_object(const Resource& resource,
                                                    std::size_t interpreter)
{
    PythonObjects* const objects = objects_.find(interpreter);
    const auto lock = objects != nullptr ? objects->read_lock(resource.address) : std::nullopt;
    if (!lock || lock->owner == 0) {
        return std::nullopt;
    }
    Owner owner = owner_by_ident(lock->owner);
    // One that several may have records who took it last.
    owner.certain = lock->kind == ResourceKind::rlock || is_for_one(*objects, *lock);
    return owner;
}

/// `_ModuleLock` of importlib.
std::optional<Owner> RecordedOwners::find_importer(const Resource& resource,
                                                   std::size_t interpreter)
{
    PythonObjects* const objects = objects_.find(interpreter);
    const Address owner =
        objects != nullptr ? objects->attribute(resource.address, "owner") : Address{};
    const auto ident = owner ? read_unsigned(objects->memory(), objects->layout(), owner)
                             : Result<std::uint64_t>(0);
    return ident && *ident != 0 ? std::optional(owner_by_ident(*ident)) : std::nullopt;
}

std::optional<Owner> RecordedOwners::find_gil_holder(const Resource& resource) const
{
    for (const std::optional<Gil>& gil : known_.gils) {
        const bool is_this = gil && gil->address == resource.address && gil->held;
        if (is_this && gil->holder && *gil->holder < input_.threads.size()) {
            Owner owner = make(*gil->holder, OwnerEvidence::recorded,
                               "CPython has recorded it as its holder");
            owner.where = innermost_frame(input_.threads[*gil->holder]);
            return owner;
        }
    }
    return std::nullopt;
}

std::optional<Owner> RecordedOwners::find_by_tid(std::span<const std::size_t> waiters) const
{
    for (const std::size_t waiter : waiters) {
        const auto tid = known_.native[waiter].wait.owner_tid;
        if (!tid || *tid <= 0) {
            continue;
        }
        for (std::size_t i = 0; i < input_.threads.size(); ++i) {
            if (input_.threads[i].tid == tid) {
                return make(i, OwnerEvidence::recorded, "glibc has recorded it as the owner");
            }
        }
        return Owner{.tid = tid,
                     .how = OwnerEvidence::recorded,
                     .certain = true,
                     .evidence = "its owner, thread " + std::to_string(*tid) +
                                 ", is no thread of this process"};
    }
    return std::nullopt;
}

std::optional<Owner> RecordedOwners::find(const Resource& resource,
                                          std::span<const std::size_t> waiters,
                                          std::size_t interpreter)
{
    if (resource.thread && *resource.thread < input_.threads.size()) {
        return make(*resource.thread, OwnerEvidence::is_the_resource, "it is the thread itself");
    }
    switch (resource.kind) {
    case ResourceKind::rlock:
    case ResourceKind::process_semaphore: return find_by_object(resource, interpreter);
    case ResourceKind::import_lock: return find_importer(resource, interpreter);
    case ResourceKind::gil: return find_gil_holder(resource);
    case ResourceKind::pthread_mutex:
    case ResourceKind::pthread_rwlock: return find_by_tid(waiters);
    default: return std::nullopt;
    }
}

}  // namespace pycore
