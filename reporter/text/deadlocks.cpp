#include "text/text_report.hpp"
#include "text/thread_state.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_edges = 12;
constexpr std::size_t most_deadlocks = 10;
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

void write_item(StyledText& out, const std::string& text)
{
    write_wrapped(out, "- " + to_printable(text));
}

void write_deadlock(StyledText& out, const Snapshot& snapshot, const Deadlock& deadlock)
{
    out.styled(Style::headline, deadlock.summary).plain("\n");
    const std::size_t count = deadlock.edges.size();
    const std::size_t told = count > most_edges ? most_edges - 2 : count;
    for (std::size_t i = 0; i < told; ++i) {
        write_item(out, edge_text(snapshot, deadlock.edges[i]));
    }
    if (told < count) {
        write_item(out, std::to_string(count - told - 1) + " more in this way");
        write_item(out, edge_text(snapshot, deadlock.edges.back()));
    }
    if (!deadlock.behind.empty()) {
        std::vector<std::string> names;
        for (const std::size_t thread : deadlock.behind) {
            names.push_back(thread_text(snapshot, thread));
        }
        write_item(out, std::to_string(names.size()) +
                            (names.size() == 1 ? " more thread waits" : " more threads wait") +
                            " for these: " + list_text(names, most_behind));
    }
    out.plain("\n");
}

}  // namespace

void write_deadlocks(StyledText& out, const Report& report)
{
    std::size_t told = 0;
    for (const Deadlock& deadlock : report.deadlocks) {
        if (told++ < most_deadlocks) {
            write_deadlock(out, report.snapshot, deadlock);
        }
    }
    if (told > most_deadlocks) {
        out.styled(Style::headline, std::to_string(told - most_deadlocks) + " more deadlocks");
        out.plain("\n\n");
    }
}

}  // namespace pycore
