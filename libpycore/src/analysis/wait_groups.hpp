#pragma once

#include <cstddef>
#include <vector>

#include "analysis/wait_graph.hpp"

namespace pycore {

/// Which waits and owners count.
enum class Edges : std::uint8_t { certain, all };

/// Whether the holder counts, where `edges` do.
[[nodiscard]] inline bool counts(const Holder& holder, Edges edges) noexcept
{
    return edges == Edges::all || holder.certain;
}

/// Whether the thread is stuck, and its wait counts.
[[nodiscard]] inline bool counts(const WaitGraph& graph, std::size_t thread, Edges edges)
{
    return graph.awaited(thread) && (edges == Edges::all || graph.wait_is_certain(thread));
}

/// Threads of which each waits, by way of others, for each: every group once, with its threads in
/// the snapshot's order. These are the strongly connected components, found by Tarjan's algorithm
/// without recursion.
std::vector<std::vector<std::size_t>> find_groups(const WaitGraph& graph, Edges edges);

}  // namespace pycore
