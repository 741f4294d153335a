#include <algorithm>

#include "analysis/check_facts.hpp"
#include "analysis/deadlock_hints.hpp"
#include "analysis/wait_graph.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

constexpr std::string_view title_of_one = "A thread waits for its own end";
constexpr std::string_view detail =
    "The thread that is joined does not go on, so its end does not come. Find out what it waits "
    "for; tell threads to stop before they are joined, and join them with a timeout.";

/// For a deadlock there is an error already.
Hint empty_hint(Confidence confidence)
{
    return {.id = "join-dead-end",
            .severity = Severity::info,
            .confidence = confidence,
            .title = {},
            .detail = std::string(detail)};
}

void add(Hint& hint, const Snapshot& snapshot, std::size_t waiter, std::size_t joined)
{
    add_thread(hint, snapshot.threads[waiter]);
    add_evidence(hint, words_of(snapshot.threads[waiter]) + " joins " +
                           words_of(snapshot.threads[joined]) +
                           place_of_wait(snapshot.threads[waiter]));
    add_evidence(hint, state_of(snapshot, snapshot.threads[joined]));
}

void finish(Hint hint, std::string_view joined, std::vector<Hint>& hints)
{
    if (hint.threads.empty()) {
        return;
    }
    hint.title = counted(hint.threads.size(), "thread waits for the end of ",
                         "threads wait for the end of ") +
                 std::string(joined);
    hints.push_back(std::move(hint));
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    add_deadlock_hints(findings, {.id = "join-dead-end", .title = title_of_one, .detail = detail},
                       hints);
    const Snapshot& snapshot = findings.snapshot;
    const std::vector<bool> stuck = deadlocked(findings);
    const WaitGraph graph(snapshot, Candidates::counted);
    const bool certain = std::ranges::all_of(findings.deadlocks, &Deadlock::certain);
    Hint behind = empty_hint(certain ? Confidence::high : Confidence::medium);
    Hint endless = empty_hint(Confidence::low);
    std::vector<bool> in_circle(snapshot.threads.size());
    for (const Deadlock& deadlock : findings.deadlocks) {
        for (const DeadlockEdge& edge : deadlock.edges) {
            in_circle.at(edge.waiter) = true;
        }
    }
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        const auto joined = joined_thread(snapshot, snapshot.threads[i]);
        if (!joined || in_circle[i]) {
            continue;
        }
        if (stuck[*joined]) {
            add(behind, snapshot, i, *joined);
        } else if (graph.awaited(*joined) ||
                   waits_for_nobody(snapshot, snapshot.threads[*joined])) {
            add(endless, snapshot, i, *joined);
        }
    }
    finish(std::move(behind), "a thread in a deadlock", hints);
    finish(std::move(endless), "a thread that nothing seems to wake", hints);
}

}  // namespace

extern const Check join_dead_end;
const Check join_dead_end{.run = run};

}  // namespace pycore::checks
