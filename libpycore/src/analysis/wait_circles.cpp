#include "analysis/wait_circles.hpp"

#include <algorithm>
#include <span>

#include "analysis/wait_groups.hpp"

namespace pycore {
namespace {

// From how many threads of a group the shortest circle is looked for: nearly always each thread
// waits for one other, and the group is one circle.
constexpr std::size_t most_starts = 16;

using Group = std::span<const std::size_t>;

class CircleFinder {
public:
    explicit CircleFinder(const WaitGraph& graph)
        : graph_(graph),
          step_to_(graph.snapshot().threads.size()),
          thread_seen_(step_to_.size()),
          resource_seen_(graph.snapshot().resources.size())
    {
    }

    Circle find(Group group, Edges edges)
    {
        Circle best;
        for (const std::size_t start : group.first(std::min(most_starts, group.size()))) {
            Circle circle = find_from(start, edges);
            if (best.empty() || (!circle.empty() && circle.size() < best.size())) {
                best = std::move(circle);
            }
            if (best.size() == 1) {
                break;
            }
        }
        const auto first = std::ranges::min_element(best, {}, &CircleStep::waiter);
        std::rotate(best.begin(), first, best.end());
        return best;
    }

private:
    /// The shortest way from the thread back to itself, level by level. What leads out of its group
    /// does not come back.
    Circle find_from(std::size_t start, Edges edges)
    {
        ++round_;
        std::vector<std::size_t> level{start};
        for (std::size_t i = 0; i < level.size(); ++i) {
            const std::size_t waiter = level[i];
            const auto resource = graph_.awaited(waiter);
            if (!counts(graph_, waiter, edges) || resource_seen_[*resource] == round_) {
                continue;
            }
            resource_seen_[*resource] = round_;
            for (const Holder& holder : graph_.holders(*resource)) {
                if (!counts(holder, edges) || thread_seen_[holder.thread] == round_) {
                    continue;
                }
                thread_seen_[holder.thread] = round_;
                step_to_[holder.thread] = {
                    .waiter = waiter, .resource = *resource, .holder = holder};
                if (holder.thread == start) {
                    return way_back(start);
                }
                level.push_back(holder.thread);
            }
        }
        return {};
    }

    Circle way_back(std::size_t start) const
    {
        Circle circle;
        std::size_t thread = start;
        do {
            circle.push_back(step_to_[thread]);
            thread = circle.back().waiter;
        } while (thread != start);
        std::ranges::reverse(circle);
        return circle;
    }

    const WaitGraph& graph_;
    std::vector<CircleStep> step_to_;  ///< of each thread: how it was reached
    std::vector<std::size_t> thread_seen_;
    std::vector<std::size_t> resource_seen_;
    std::size_t round_ = 0;
};

}  // namespace

std::vector<Circle> find_circles(const WaitGraph& graph)
{
    CircleFinder finder(graph);
    std::vector<Circle> circles;
    std::vector<bool> told(graph.snapshot().threads.size());
    for (const auto& group : find_groups(graph, Edges::certain)) {
        circles.push_back(finder.find(group, Edges::certain));
        for (const std::size_t thread : group) {
            told[thread] = true;
        }
    }
    for (const auto& group : find_groups(graph, Edges::all)) {
        if (std::ranges::none_of(group, [&](std::size_t thread) { return told[thread]; })) {
            circles.push_back(finder.find(group, Edges::all));
        }
    }
    return circles;
}

bool is_certain(const Circle& circle, const WaitGraph& graph)
{
    return std::ranges::all_of(circle, [&](const CircleStep& step) {
        return step.holder.certain && graph.wait_is_certain(step.waiter);
    });
}

}  // namespace pycore
