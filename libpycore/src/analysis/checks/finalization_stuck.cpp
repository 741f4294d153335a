#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

/// Python's main program is over, and `threading` joins what is left.
bool is_ending(const Thread& thread)
{
    return thread.activity == Activity::finalizing ||
           runs_function(thread, "threading.py", "_shutdown");
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    const Snapshot& snapshot = findings.snapshot;
    const std::vector<bool> stuck = deadlocked(findings);
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        const Thread& thread = snapshot.threads[i];
        if (!is_ending(thread) || !waits_for_ever(snapshot, thread)) {
            continue;
        }
        const auto joined = joined_thread(snapshot, thread);
        const bool hopeless = joined && stuck[*joined];
        Hint hint{.id = "finalization-stuck",
                  .severity = hopeless ? Severity::warning : Severity::info,
                  .confidence = joined ? Confidence::high : Confidence::medium,
                  .title = "The program is over, and waits for " + awaited_of(snapshot, thread),
                  .detail =
                      "The interpreter ends after the last thread that is no daemon. Tell that "
                      "thread to stop, or start it with daemon=True if it may die at any moment."};
        add_thread(hint, thread);
        add_evidence(hint, state_of(snapshot, thread));
        if (joined) {
            add_thread(hint, snapshot.threads[*joined]);
            add_evidence(hint, state_of(snapshot, snapshot.threads[*joined]));
        }
        hints.push_back(std::move(hint));
        return;
    }
}

}  // namespace

extern const Check finalization_stuck;
const Check finalization_stuck{.run = run};

}  // namespace pycore::checks
