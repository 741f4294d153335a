#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore::html {

/// One box of a wait graph. Its text is not printable yet.
struct GraphBox {
    enum class Kind { thread, resource, more };
    Kind kind = Kind::more;
    std::string title;
    std::string note;  ///< a smaller line below
    int column = 0;    ///< 0: left, 1: right
    int row = 0;       ///< from the top
    std::string edge;  ///< words at the arrow from here to the next box of the circle
    bool certain = true;
    std::size_t resource = SIZE_MAX;  ///< index in `Snapshot::resources`
    std::size_t thread = SIZE_MAX;    ///< index in `Snapshot::threads`
};

/// A thread behind the circle, and the box that it waits for.
struct GraphWaiter {
    GraphBox box;
    std::optional<std::size_t> target;  ///< index in `WaitGraph::circle`
    int lane = 0;                       ///< beside the column; waiters for one box share it
};

struct WaitGraph {
    std::vector<GraphBox> circle;  ///< each goes to the next, the last to the first
    std::vector<GraphWaiter> waiters;
    int rows = 0;  ///< of the circle
};

/// The circle goes down the left column and up the right one; waiters are below the column of what
/// they wait for. Of a long circle some are told by their number.
[[nodiscard]] WaitGraph lay_out(const Snapshot& snapshot, const Deadlock& deadlock);

/// Lanes on each side.
inline constexpr int most_lanes = 3;

}  // namespace pycore::html
