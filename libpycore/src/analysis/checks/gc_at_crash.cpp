#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

void run(const Findings& findings, std::vector<Hint>& hints)
{
    const Snapshot& snapshot = findings.snapshot;
    if (!snapshot.crash) {
        return;
    }
    for (const Thread& thread : snapshot.threads) {
        if (!thread.crashed || !thread.interpreter ||
            *thread.interpreter >= snapshot.interpreters.size()) {
            continue;
        }
        const bool collects = thread.activity == Activity::collecting_garbage;
        if (!collects && !snapshot.interpreters[*thread.interpreter].gc_running.value_or(false)) {
            continue;
        }
        Hint hint{.id = "gc-at-crash",
                  .severity = was_only_stopped(snapshot) ? Severity::info : Severity::warning,
                  .confidence = collects ? Confidence::high : Confidence::medium,
                  .title = "The garbage collector ran when the process died",
                  .detail =
                      "It visits every object that refers to others. A crash in there is "
                      "most often the late effect of an extension module that spoiled an "
                      "object, or counted its references wrong, and not the collector's "
                      "fault. Run with PYTHONMALLOC=debug and -X dev."};
        add_thread(hint, thread);
        add_evidence(hint, state_of(snapshot, thread));
        hints.push_back(std::move(hint));
        return;
    }
}

}  // namespace

extern const Check gc_at_crash;
const Check gc_at_crash{.run = run};

}  // namespace pycore::checks
