#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "support/snapshot_builder.hpp"

namespace pycore::test {

/// Processes whose threads wait for each other, said in a few words. What is not said: waits are
/// certain and without a time limit, owners are recorded and certain.
class WaitBuilder {
public:
    /// Adds a thread that runs Python; its index.
    std::size_t thread(std::string name)
    {
        const auto tid = static_cast<std::int32_t>(100 + threads().size());
        builder_.thread(tid, std::move(name), {});
        threads().back().activity = Activity::running_python;
        return threads().size() - 1;
    }

    /// Adds something to wait for; its index.
    std::size_t resource(ResourceKind kind, std::string name = {})
    {
        Resource made;
        made.kind = kind;
        made.address = Address{0x7f10'0000 + 0x100 * resources().size()};
        made.description =
            std::string(words_of(kind)) + (name.empty() ? std::string() : " " + name);
        made.name = std::move(name);
        resources().push_back(std::move(made));
        return resources().size() - 1;
    }

    /// The resource that is the end of this thread.
    std::size_t end_of(std::size_t thread)
    {
        const std::size_t made = resource(ResourceKind::thread);
        resources()[made].thread = thread;
        resources()[made].description = "thread " + *threads()[thread].python_name;
        owner(made, thread, OwnerEvidence::is_the_resource);
        return made;
    }

    Wait& waits(std::size_t thread, std::size_t resource, std::string where = {})
    {
        threads()[thread].activity = Activity::waiting;
        threads()[thread].wait = Wait{.resource = resource, .where = std::move(where)};
        return *threads()[thread].wait;
    }

    Owner& owner(std::size_t resource,
                 std::size_t thread,
                 OwnerEvidence how = OwnerEvidence::recorded,
                 std::string where = {})
    {
        Owner made;
        made.thread = thread;
        made.tid = threads()[thread].tid;
        made.how = how;
        made.certain = how != OwnerEvidence::reference && how != OwnerEvidence::acquire_call;
        made.where = std::move(where);
        threads()[thread].holds.push_back(resource);
        resources()[resource].owners.push_back(std::move(made));
        return resources()[resource].owners.back();
    }

    std::vector<Thread>& threads() { return builder_.edit().threads; }
    std::vector<Resource>& resources() { return builder_.edit().resources; }
    SnapshotBuilder& snapshot() { return builder_; }

private:
    SnapshotBuilder builder_;
};

}  // namespace pycore::test
