#include "analysis/deadlock_hints.hpp"

#include <algorithm>

#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore {
namespace {

std::string_view id_of(const Deadlock& deadlock, const Snapshot& snapshot)
{
    const auto waits_for = [&](ResourceKind kind) {
        return std::ranges::any_of(deadlock.edges, [&](const DeadlockEdge& edge) {
            return snapshot.resources[edge.resource].kind == kind;
        });
    };
    if (waits_for(ResourceKind::import_lock)) {
        return "import-deadlock";
    }
    if (deadlock.edges.size() == 1) {
        return is_join(snapshot.resources[deadlock.edges.front().resource]) ? "join-dead-end"
                                                                            : "self-deadlock";
    }
    return deadlock.kind == "gil"    ? "gil-and-lock"
           : deadlock.kind == "join" ? "join-cycle"
                                     : "lock-cycle";
}

// "phil-1 holds forks[1]: inside `with` in eat (phi.py:9)"
std::string evidence_of(const DeadlockEdge& edge, const Snapshot& snapshot)
{
    const Resource& resource = snapshot.resources[edge.resource];
    if (is_join(resource)) {
        const Thread& waiter = snapshot.threads[edge.waiter];
        return words_of(waiter) + " waits for " + awaited_of(snapshot, waiter) +
               place_of_wait(waiter);
    }
    return words_of(snapshot.threads[edge.holder]) + " holds " + words_of(resource) + ": " +
           edge.evidence;
}

Hint make_hint(const Findings& findings, const Deadlock& deadlock, const DeadlockWords& words)
{
    const std::size_t count = deadlock.edges.size();
    Hint hint{.id = std::string(words.id),
              .severity = Severity::error,
              .confidence = deadlock.certain ? Confidence::high : Confidence::medium,
              .title = (count == 1 ? "" : std::to_string(count) + ' ') + std::string(words.title),
              .detail = std::string(words.detail)};
    for (const DeadlockEdge& edge : deadlock.edges) {
        add_thread(hint, findings.snapshot.threads[edge.waiter]);
        // A line is kept for those behind.
        if (hint.evidence.size() + 1 < most_evidence) {
            add_evidence(hint, evidence_of(edge, findings.snapshot));
        }
    }
    if (!deadlock.behind.empty()) {
        add_evidence(hint,
                     counted(deadlock.behind.size(), "more thread waits", "more threads wait") +
                         " for these");
    }
    return hint;
}

}  // namespace

void add_deadlock_hints(const Findings& findings,
                        const DeadlockWords& words,
                        std::vector<Hint>& hints)
{
    std::size_t count = 0;
    for (const Deadlock& deadlock : findings.deadlocks) {
        if (count < most_hints && id_of(deadlock, findings.snapshot) == words.id) {
            hints.push_back(make_hint(findings, deadlock, words));
            ++count;
        }
    }
}

}  // namespace pycore
