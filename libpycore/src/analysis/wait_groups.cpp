#include "analysis/wait_groups.hpp"

#include <algorithm>

namespace pycore {
namespace {

/// Nodes are the threads, then the resources: a thousand waiters of a thousand owners are two
/// thousand edges this way, not a million.
class GroupFinder {
public:
    GroupFinder(const WaitGraph& graph, Edges edges)
        : graph_(graph),
          edges_(edges),
          threads_(graph.snapshot().threads.size()),
          nodes_(threads_ + graph.snapshot().resources.size())
    {
    }

    std::vector<std::vector<std::size_t>> find()
    {
        for (std::size_t thread = 0; thread < threads_; ++thread) {
            if (nodes_[thread].order == 0 && counts(graph_, thread, edges_)) {
                visit_from(thread);
            }
        }
        return std::move(groups_);
    }

private:
    struct Node {
        std::size_t order = 0;  ///< when it was first seen, from 1
        std::size_t low = 0;    ///< the first seen that can be reached from it
        bool open = false;      ///< its group is not known yet
    };
    struct Visit {
        std::size_t node = 0;
        std::size_t next = 0;  ///< number of its edge to follow
    };

    /// The number of nodes where it has no such edge; itself for an edge that does not count.
    std::size_t target(const Visit& visit) const
    {
        const std::size_t node = visit.node;
        if (node < threads_) {
            return visit.next == 0 && counts(graph_, node, edges_)
                       ? threads_ + *graph_.awaited(node)
                       : nodes_.size();
        }
        const auto holders = graph_.holders(node - threads_);
        if (visit.next >= holders.size()) {
            return nodes_.size();
        }
        const Holder& holder = holders[visit.next];
        return counts(holder, edges_) ? holder.thread : node;
    }

    void enter(std::size_t node)
    {
        nodes_[node] = {.order = ++seen_, .low = seen_, .open = true};
        open_.push_back(node);
        visits_.push_back({.node = node});
    }

    void visit_from(std::size_t start)
    {
        enter(start);
        while (!visits_.empty()) {
            Visit& visit = visits_.back();
            const std::size_t to = target(visit);
            const std::size_t node = visit.node;
            ++visit.next;
            if (to == nodes_.size()) {
                leave(node);
            } else if (nodes_[to].order == 0) {
                enter(to);
            } else if (nodes_[to].open) {
                nodes_[node].low = std::min(nodes_[node].low, nodes_[to].order);
            }
        }
    }

    void leave(std::size_t node)
    {
        visits_.pop_back();
        if (!visits_.empty()) {
            Node& parent = nodes_[visits_.back().node];
            parent.low = std::min(parent.low, nodes_[node].low);
        }
        if (nodes_[node].low == nodes_[node].order) {
            close_group(node);
        }
    }

    void close_group(std::size_t first)
    {
        std::vector<std::size_t> group;
        std::size_t node = 0;
        std::size_t size = 0;
        do {
            node = open_.back();
            open_.pop_back();
            nodes_[node].open = false;
            ++size;
            if (node < threads_) {
                group.push_back(node);
            }
        } while (node != first);
        // One node alone waits for nobody in a circle; a circle of one thread has its resource.
        if (size > 1) {
            std::ranges::sort(group);
            groups_.push_back(std::move(group));
        }
    }

    const WaitGraph& graph_;
    Edges edges_;
    std::size_t threads_;
    std::vector<Node> nodes_;
    std::vector<std::size_t> open_;
    std::vector<Visit> visits_;
    std::vector<std::vector<std::size_t>> groups_;
    std::size_t seen_ = 0;
};

}  // namespace

std::vector<std::vector<std::size_t>> find_groups(const WaitGraph& graph, Edges edges)
{
    return GroupFinder(graph, edges).find();
}

}  // namespace pycore
