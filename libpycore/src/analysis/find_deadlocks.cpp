#include "analysis/find_deadlocks.hpp"

#include <algorithm>
#include <tuple>

#include "analysis/deadlock_words.hpp"
#include "analysis/wait_circles.hpp"
#include "analysis/wait_graph.hpp"
#include "analysis/wait_words.hpp"

namespace pycore {
namespace {

Deadlock describe(const Circle& circle, const WaitGraph& graph)
{
    Deadlock deadlock{.kind = kind_of(circle, graph.snapshot()),
                      .edges = {},
                      .behind = {},
                      .certain = is_certain(circle, graph),
                      .summary = {}};
    for (const CircleStep& step : circle) {
        deadlock.edges.push_back(
            {.waiter = step.waiter,
             .resource = step.resource,
             .holder = step.holder.thread,
             .evidence = evidence_of(*step.holder.owner),
             .certain = step.holder.certain && graph.wait_is_certain(step.waiter)});
    }
    deadlock.summary = summarize(circle, graph.snapshot(), deadlock.certain);
    return deadlock;
}

/// Gives each stuck thread that is in no circle to the first one it waits for, by way of others.
class BehindFinder {
public:
    BehindFinder(const WaitGraph& graph, const std::vector<Deadlock>& deadlocks)
        : graph_(graph),
          told_(graph.snapshot().threads.size()),
          resource_seen_(graph.snapshot().resources.size())
    {
        for (const Deadlock& deadlock : deadlocks) {
            for (const DeadlockEdge& edge : deadlock.edges) {
                told_[edge.waiter] = true;
            }
        }
    }

    std::vector<std::size_t> find(const Deadlock& deadlock)
    {
        std::vector<std::size_t> found;
        for (const DeadlockEdge& edge : deadlock.edges) {
            add_waiters(edge.waiter, found);
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            add_waiters(found[i], found);
        }
        std::ranges::sort(found);
        return found;
    }

private:
    void add_waiters(std::size_t thread, std::vector<std::size_t>& found)
    {
        for (const std::size_t resource : graph_.held(thread)) {
            if (resource_seen_[resource]) {
                continue;
            }
            resource_seen_[resource] = true;
            for (const std::size_t waiter : graph_.waiters(resource)) {
                if (graph_.awaited(waiter) && !told_[waiter]) {
                    told_[waiter] = true;
                    found.push_back(waiter);
                }
            }
        }
    }

    const WaitGraph& graph_;
    std::vector<bool> told_;
    std::vector<bool> resource_seen_;
};

}  // namespace

std::vector<Deadlock> find_deadlocks(const Snapshot& snapshot)
{
    const WaitGraph graph(snapshot);
    std::vector<Deadlock> deadlocks;
    for (const Circle& circle : find_circles(graph)) {
        deadlocks.push_back(describe(circle, graph));
    }
    std::ranges::sort(deadlocks, {}, [](const Deadlock& deadlock) {
        return std::tuple(!deadlock.certain, deadlock.edges.front().waiter);
    });
    BehindFinder behind(graph, deadlocks);
    for (Deadlock& deadlock : deadlocks) {
        deadlock.behind = behind.find(deadlock);
    }
    return deadlocks;
}

}  // namespace pycore
