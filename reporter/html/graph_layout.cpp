#include "html/graph_layout.hpp"

#include <algorithm>
#include <array>

#include "view/thread_state.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t most_edges = 16;
constexpr std::size_t shown_of_more = 10;
constexpr std::size_t most_waiters = 6;

GraphBox thread_box(const Snapshot& snapshot, std::size_t thread)
{
    GraphBox box{.kind = GraphBox::Kind::thread,
                 .title = thread_text(snapshot, thread),
                 .note = "thread",
                 .thread = thread};
    if (thread < snapshot.threads.size() && snapshot.threads[thread].tid) {
        box.note += " " + std::to_string(*snapshot.threads[thread].tid);
    }
    return box;
}

GraphBox resource_box(const Snapshot& snapshot, std::size_t index)
{
    const Resource& resource = snapshot.resources.at(index);
    GraphBox box{.kind = GraphBox::Kind::resource,
                 .title = resource_text(snapshot, resource),
                 .note = {},
                 .resource = index};
    if (!resource.name.empty() && resource.kind != ResourceKind::gil && !resource.thread) {
        box.title = resource.name;
        box.note = words_of(resource.kind);
    }
    return box;
}

void add_edge(std::vector<GraphBox>& circle, const Snapshot& snapshot, const DeadlockEdge& edge)
{
    GraphBox& thread = circle.emplace_back(thread_box(snapshot, edge.waiter));
    thread.edge = "waits for";
    GraphBox& resource = circle.emplace_back(resource_box(snapshot, edge.resource));
    resource.certain = edge.certain;
    resource.edge = snapshot.resources.at(edge.resource).thread ? "comes with"
                    : edge.certain                              ? "held by"
                                                                : "perhaps held by";
}

std::vector<GraphBox> circle_of(const Snapshot& snapshot, const Deadlock& deadlock)
{
    std::vector<GraphBox> circle;
    const std::size_t count = deadlock.edges.size();
    const std::size_t told = count > most_edges ? shown_of_more : count;
    for (std::size_t i = 0; i < told; ++i) {
        add_edge(circle, snapshot, deadlock.edges[i]);
    }
    if (told < count) {
        circle.push_back({.kind = GraphBox::Kind::more,
                          .title = std::to_string(count - told - 1) + " more threads",
                          .note = "in this way",
                          .edge = "held by"});
        add_edge(circle, snapshot, deadlock.edges.back());
    }
    return circle;
}

void place(std::vector<GraphBox>& circle)
{
    const std::size_t rows = (circle.size() + 1) / 2;
    for (std::size_t i = 0; i < circle.size(); ++i) {
        circle[i].column = i < rows ? 0 : 1;
        circle[i].row = static_cast<int>(i < rows ? i : circle.size() - 1 - i);
    }
}

std::optional<std::size_t> find_target(const std::vector<GraphBox>& circle, const Wait& wait)
{
    const auto box = std::ranges::find(circle, wait.resource, &GraphBox::resource);
    if (box == circle.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(box - circle.begin());
}

/// The thread whose end is waited for.
std::optional<std::size_t> find_joined(const WaitGraph& graph,
                                       const Snapshot& snapshot,
                                       const Wait& wait)
{
    const auto joined = snapshot.resources.at(wait.resource).thread;
    const auto box = std::ranges::find(graph.circle, joined.value_or(SIZE_MAX), &GraphBox::thread);
    if (!joined || box == graph.circle.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(box - graph.circle.begin());
}

GraphWaiter waiter_of(const WaitGraph& graph, const Snapshot& snapshot, std::size_t thread)
{
    GraphWaiter waiter{.box = thread_box(snapshot, thread), .target = std::nullopt};
    const auto& wait = snapshot.threads[thread].wait;
    if (!wait || wait->resource >= snapshot.resources.size()) {
        return waiter;
    }
    waiter.box.note = "waits for " + resource_box(snapshot, wait->resource).title;
    waiter.target = find_target(graph.circle, *wait);
    if (const auto joined = find_joined(graph, snapshot, *wait); joined && !waiter.target) {
        waiter.target = joined;
        waiter.box.note = "waits for its end";
    }
    return waiter;
}

/// Gives each target of a side a lane of its own, as long as there are any.
class Lanes {
public:
    std::optional<int> lane_for(int column, std::size_t target)
    {
        auto& side = sides_.at(static_cast<std::size_t>(column));
        const auto known = std::ranges::find(side, target);
        if (known == side.end() && side.size() == most_lanes) {
            return std::nullopt;
        }
        const auto lane = static_cast<int>(known - side.begin());
        if (known == side.end()) {
            side.push_back(target);
        }
        return lane;
    }

private:
    std::array<std::vector<std::size_t>, 2> sides_;
};

void add_waiters(WaitGraph& graph, const Snapshot& snapshot, const Deadlock& deadlock)
{
    Lanes lanes;
    std::array<int, 2> next_row{graph.rows, graph.rows};
    for (const std::size_t thread : deadlock.behind) {
        if (thread >= snapshot.threads.size() || graph.waiters.size() == most_waiters) {
            continue;
        }
        GraphWaiter waiter = waiter_of(graph, snapshot, thread);
        waiter.box.column = waiter.target               ? graph.circle[*waiter.target].column
                            : next_row[1] < next_row[0] ? 1
                                                        : 0;
        if (waiter.target) {
            const auto lane = lanes.lane_for(waiter.box.column, *waiter.target);
            waiter.target = lane ? waiter.target : std::nullopt;
            waiter.lane = lane.value_or(0);
        }
        waiter.box.row = next_row.at(static_cast<std::size_t>(waiter.box.column))++;
        graph.waiters.push_back(std::move(waiter));
    }
}

}  // namespace

WaitGraph lay_out(const Snapshot& snapshot, const Deadlock& deadlock)
{
    WaitGraph graph;
    graph.circle = circle_of(snapshot, deadlock);
    place(graph.circle);
    graph.rows = static_cast<int>((graph.circle.size() + 1) / 2);
    add_waiters(graph, snapshot, deadlock);
    return graph;
}

}  // namespace pycore::html
