#include "waits/name_graph.hpp"

#include <algorithm>
#include <utility>

namespace pycore {

void NameGraph::add_root(RootName name, Address object)
{
    const Node node{.object = object, .parent = roots_.size(), .depth = 0, .reference = {}};
    if (extent_.finds_roots) {
        if (add(node)) {
            roots_.push_back(std::move(name));
        }
    } else if (nodes_.size() < extent_.objects && references_.may_refer(object)) {
        nodes_.push_back(node);
        roots_.push_back(std::move(name));
    }
}

bool NameGraph::add(const Node& node)
{
    if (nodes_.size() >= extent_.objects || known_.contains(node.object.value) ||
        !references_.may_refer(node.object)) {
        return false;
    }
    known_.emplace(node.object.value, nodes_.size());
    nodes_.push_back(node);
    return true;
}

void NameGraph::expand(std::size_t node)
{
    const Address object = nodes_[node].object;
    const std::size_t depth = nodes_[node].depth + 1;
    if (depth > extent_.depth) {
        return;
    }
    for (const NamedReference& reference : references_.of(object)) {
        add({.object = reference.target, .parent = node, .depth = depth, .reference = reference});
    }
}

std::optional<NamePath> NameGraph::find(Address object)
{
    auto known = known_.find(object.value);
    while (known == known_.end() && next_ < nodes_.size()) {
        expand(next_++);
        known = known_.find(object.value);
    }
    return known == known_.end() ? std::nullopt : std::optional(path_to(known->second));
}

NamePath NameGraph::path_to(std::size_t node) const
{
    NamePath path;
    while (nodes_[node].depth > 0) {
        const Node& step = nodes_[node];
        path.steps.push_back(step.reference);
        node = step.parent;
        path.passed.push_back(nodes_[node].object);
    }
    std::ranges::reverse(path.steps);
    std::ranges::reverse(path.passed);
    path.root = roots_[nodes_[node].parent];
    path.start = nodes_[node].object;
    return path;
}

}  // namespace pycore
