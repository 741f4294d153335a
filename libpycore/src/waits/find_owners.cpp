#include "waits/find_owners.hpp"

#include <algorithm>
#include <utility>

#include "waits/claim_table.hpp"
#include "waits/lock_owners.hpp"
#include "waits/owner_candidates.hpp"
#include "waits/recorded_owners.hpp"
#include "waits/signalled.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_added = 10'000;  // locks nobody waits for

/// Objects that threads may have without anything that says so.
bool is_referred_to(ResourceKind kind)
{
    return kind == ResourceKind::lock || kind == ResourceKind::process_semaphore ||
           is_signalled(kind);
}

class OwnerFinder {
public:
    OwnerFinder(const WaitInput& input,
                InterpreterObjects& objects,
                ObjectNames& names,
                const WaitsSoFar& known,
                ResourceTable& table)
        : input_(input),
          objects_(objects),
          names_(names),
          known_(known),
          table_(table),
          recorded_(input, objects, known),
          claims_(input, objects)
    {
    }

    void find()
    {
        add_held_locks();
        collect_waiters();
        for (std::size_t i = 0; i < table_.size(); ++i) {
            find_owners_of(i);
        }
        add_references();
        for (std::size_t i = 0; i < table_.size(); ++i) {
            finish(table_.at(i));
        }
    }

private:
    /// Locks that threads have although nobody waits for them.
    void add_held_locks()
    {
        std::size_t added = 0;
        for (const auto& [object, claims] : claims_.all()) {
            const auto certain = std::ranges::find(claims, true, &LockClaim::certain);
            if (certain == claims.end()) {
                continue;
            }
            const LockClaim& claim = *certain;
            if (table_.find(claim.kind, object) || added >= most_added ||
                !is_locked(claim.kind, object, claim.interpreter)) {
                continue;
            }
            Resource& resource = table_.at(table_.add(claim.kind, object));
            resource.name = names_.find(object, claim.interpreter, claim.thread, claim.frame);
            resource.type = objects_.find(claim.interpreter)->type_name(object);
            ++added;
        }
    }

    void collect_waiters()
    {
        waiters_.resize(table_.size());
        for (std::size_t i = 0; i < known_.waits.size(); ++i) {
            if (known_.waits[i]) {
                waiters_[known_.waits[i]->resource].push_back(i);
            }
        }
    }

    [[nodiscard]] std::size_t interpreter_of(std::size_t index) const
    {
        const auto claims = claims_.of(table_.at(index).address);
        if (!claims.empty()) {
            return claims.front().interpreter;
        }
        return waiters_[index].empty()
                   ? 0
                   : input_.threads[waiters_[index].front()].interpreter.value_or(0);
    }

    [[nodiscard]] bool is_locked(ResourceKind kind, Address object, std::size_t interpreter)
    {
        PythonObjects* const objects = objects_.find(interpreter);
        const auto lock = objects != nullptr ? objects->read_lock(object) : std::nullopt;
        return kind == ResourceKind::semaphore || (lock && lock->locked);
    }

    void find_owners_of(std::size_t index)
    {
        Resource& resource = table_.at(index);
        const std::size_t interpreter = interpreter_of(index);
        if (resource.kind == ResourceKind::lock) {
            claims_.drop_released(resource.address, waiters_[index]);
        }
        const auto claims = claims_.of(resource.address);
        if (auto owner = recorded_.find(resource, waiters_[index], interpreter)) {
            add_place(claims, *owner);
            resource.owners.push_back(*std::move(owner));
            return;
        }
        const bool is_lock = resource.kind == ResourceKind::lock;
        if (is_lock && is_locked(resource.kind, resource.address, interpreter)) {
            resource.owners = choose_lock_owners(claims, input_.threads);
        } else if (resource.kind == ResourceKind::semaphore) {
            PythonObjects* const objects = objects_.find(interpreter);
            resource.owners = choose_semaphore_owners(claims, input_.threads, resource.address,
                                                      objects, resource.owners_certain);
        }
    }

    /// Where nothing says who has it: those who could.
    void add_references()
    {
        std::vector<std::size_t> wanted;
        for (std::size_t i = 0; i < table_.size(); ++i) {
            const Resource& resource = table_.at(i);
            const bool is_free = resource.kind == ResourceKind::lock &&
                                 !is_locked(resource.kind, resource.address, interpreter_of(i));
            if (resource.address && resource.owners.empty() && !is_free &&
                is_referred_to(resource.kind)) {
                wanted.push_back(i);
            }
        }
        add_candidates(input_, objects_, wanted, waiters_, table_);
    }

    static void finish(Resource& resource)
    {
        resource.owners_certain =
            resource.owners_certain || (has_owner(resource.kind) && resource.owners.size() == 1 &&
                                        resource.owners.front().certain);
    }

    const WaitInput& input_;
    InterpreterObjects& objects_;
    ObjectNames& names_;
    const WaitsSoFar& known_;
    ResourceTable& table_;
    RecordedOwners recorded_;
    ClaimTable claims_;
    std::vector<std::vector<std::size_t>> waiters_;  ///< of each resource
};

}  // namespace

void find_owners(const WaitInput& input,
                 InterpreterObjects& objects,
                 ObjectNames& names,
                 const WaitsSoFar& known,
                 ResourceTable& table)
{
    OwnerFinder(input, objects, names, known, table).find();
}

}  // namespace pycore
