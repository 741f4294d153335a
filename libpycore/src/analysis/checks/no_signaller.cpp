#include <algorithm>
#include <map>

#include "analysis/check_facts.hpp"
#include "analysis/wait_graph.hpp"
#include "analysis/wait_words.hpp"
#include "waits/signalled.hpp"

namespace pycore::checks {
namespace {

using Waiters = std::map<std::size_t, std::vector<std::size_t>>;

/// Those that wait for something that only threads refer to which wait themselves, and nothing
/// wakes them either.
Waiters without_signaller(const Findings& findings)
{
    const Snapshot& snapshot = findings.snapshot;
    const std::vector<bool> told = deadlocked(findings);
    const WaitGraph graph(snapshot, Candidates::counted);
    Waiters waiters;
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        const Thread& thread = snapshot.threads[i];
        if (told[i] || !waits_for_ever(snapshot, thread)) {
            continue;
        }
        const Resource& resource = *awaited_resource(snapshot, thread);
        if (is_signalled(resource.kind) && (resource.owners.empty() || graph.awaited(i))) {
            waiters[thread.wait->resource].push_back(i);
        }
    }
    return waiters;
}

Hint make_hint(const Snapshot& snapshot,
               const Resource& resource,
               const std::vector<std::size_t>& waiters)
{
    const bool proved = resource.owners_certain;
    Hint hint{.id = "no-signaller",
              .severity = proved ? Severity::warning : Severity::info,
              .confidence = proved ? Confidence::high : Confidence::low,
              .title = counted(waiters.size(), "thread waits for ", "threads wait for ") +
                       words_of(resource) + ", and no thread that goes on refers to it",
              .detail =
                  "Nobody may be left to wake them: the thread that was to do so may have ended, "
                  "perhaps by an exception. Look for who sets, notifies, puts or releases it. What "
                  "C code, a signal handler or another object reaches is not seen from here."};
    for (const std::size_t waiter : waiters) {
        add_thread(hint, snapshot.threads[waiter]);
        add_evidence(hint, state_of(snapshot, snapshot.threads[waiter]));
    }
    for (const Owner& owner : resource.owners) {
        if (owner.thread && std::ranges::find(waiters, *owner.thread) == waiters.end()) {
            add_evidence(
                hint, state_of(snapshot, snapshot.threads[*owner.thread]) + ", and refers to it");
        }
    }
    return hint;
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    std::size_t count = 0;
    for (const auto& [resource, waiters] : without_signaller(findings)) {
        if (count++ < most_hints) {
            hints.push_back(
                make_hint(findings.snapshot, findings.snapshot.resources[resource], waiters));
        }
    }
}

}  // namespace

extern const Check no_signaller;
const Check no_signaller{.run = run};

}  // namespace pycore::checks
