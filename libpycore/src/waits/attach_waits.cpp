#include "waits/attach_waits.hpp"

#include <algorithm>
#include <utility>

#include "waits/read_waits.hpp"

namespace pycore {
namespace {

void add_holder(Snapshot& snapshot, std::size_t resource)
{
    for (const Owner& owner : snapshot.resources[resource].owners) {
        if (owner.thread && *owner.thread < snapshot.threads.size()) {
            snapshot.threads[*owner.thread].holds.push_back(resource);
        }
    }
}

void add_waiter(std::vector<Interpreter>& interpreters, Address gil, std::size_t thread)
{
    for (Interpreter& interpreter : interpreters) {
        if (interpreter.gil && interpreter.gil->address == gil) {
            interpreter.gil->waiters.push_back(thread);
        }
    }
}

}  // namespace

void attach_waits(const WaitInput& input,
                  Snapshot& snapshot,
                  std::vector<Interpreter>& interpreters)
{
    ProcessWaits waits = read_waits(input);
    for (std::size_t i = 0; i < interpreters.size(); ++i) {
        interpreters[i].gil = std::move(waits.gils[i]);
    }
    snapshot.resources = std::move(waits.resources);
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        Thread& thread = snapshot.threads[i];
        ThreadWait& found = waits.threads[i];
        thread.activity = found.activity;
        thread.system_call = std::move(found.system_call);
        thread.gil = found.gil;
        thread.wait = std::move(found.wait);
        thread.loop = std::move(found.loop);
        if (thread.wait && snapshot.resources[thread.wait->resource].kind == ResourceKind::gil) {
            add_waiter(interpreters, snapshot.resources[thread.wait->resource].address, i);
        }
    }
    for (std::size_t i = 0; i < snapshot.resources.size(); ++i) {
        add_holder(snapshot, i);
    }
}

}  // namespace pycore
