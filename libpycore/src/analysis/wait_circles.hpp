#pragma once

#include <cstddef>
#include <vector>

#include "analysis/wait_graph.hpp"

namespace pycore {

/// One thread of a circle: it waits for `resource`, which the next one holds.
struct CircleStep {
    std::size_t waiter = 0;
    std::size_t resource = 0;
    Holder holder;
};

using Circle = std::vector<CircleStep>;

/// Of each group of threads that all wait for each other the shortest circle, which begins with
/// the first of its threads in the snapshot. Circles of certain waits and owners are found where
/// there are any. Linear in what the graph holds.
std::vector<Circle> find_circles(const WaitGraph& graph);

/// Everything in it is certain.
[[nodiscard]] bool is_certain(const Circle& circle, const WaitGraph& graph);

}  // namespace pycore
