#include "view/deadlock_words.hpp"

#include "view/thread_state.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_edges = 12;
constexpr std::size_t most_behind = 20;

// "phil-0 waits for forks[1] (Lock) in eat (phi.py:10), held by phil-1: inside `with` in ..."
std::string edge_text(const Snapshot& snapshot, const DeadlockEdge& edge)
{
    const Resource& resource = snapshot.resources.at(edge.resource);
    std::string text =
        thread_text(snapshot, edge.waiter) + " waits for " + resource_text(snapshot, resource);
    if (edge.waiter < snapshot.threads.size()) {
        const auto& wait = snapshot.threads[edge.waiter].wait;
        text += wait && !wait->where.empty() ? " in " + wait->where : "";
    }
    // A thread's end is held by nobody.
    if (!resource.thread) {
        text += edge.certain ? ", held by " : ", perhaps held by ";
        text += (edge.holder == edge.waiter ? "itself" : thread_text(snapshot, edge.holder)) +
                ": " + edge.evidence;
    }
    return text;
}

}  // namespace

std::vector<std::string> deadlock_lines(const Snapshot& snapshot, const Deadlock& deadlock)
{
    std::vector<std::string> lines;
    const std::size_t count = deadlock.edges.size();
    const std::size_t told = count > most_edges ? most_edges - 2 : count;
    for (std::size_t i = 0; i < told; ++i) {
        lines.push_back(edge_text(snapshot, deadlock.edges[i]));
    }
    if (told < count) {
        lines.push_back(std::to_string(count - told - 1) + " more in this way");
        lines.push_back(edge_text(snapshot, deadlock.edges.back()));
    }
    if (!deadlock.behind.empty()) {
        std::vector<std::string> names;
        for (const std::size_t thread : deadlock.behind) {
            names.push_back(thread_text(snapshot, thread));
        }
        lines.push_back(std::to_string(names.size()) +
                        (names.size() == 1 ? " more thread waits" : " more threads wait") +
                        " for these: " + list_text(names, most_behind));
    }
    return lines;
}

}  // namespace pycore
