#include <algorithm>

#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

bool is_idle(const Thread& thread)
{
    switch (thread.activity) {
    case Activity::waiting:
    case Activity::sleeping:
    case Activity::in_system_call:
    case Activity::hanging_at_exit: return true;
    // Inside of these a thread may wait, too.
    case Activity::collecting_garbage:
    case Activity::finalizing: return thread.wait || thread.system_call;
    default: return false;
    }
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    const Snapshot& snapshot = findings.snapshot;
    if (!findings.deadlocks.empty() || snapshot.interpreters.empty() || snapshot.threads.empty() ||
        !was_only_stopped(snapshot)) {
        return;
    }
    if (!std::ranges::all_of(snapshot.threads,
                             [](const Thread& thread) { return !thread.tid || is_idle(thread); })) {
        return;
    }
    Hint hint{.id = "all-idle",
              .severity = Severity::info,
              .confidence = Confidence::high,
              .title = "Nothing runs: every thread waits or sleeps",
              .detail =
                  "That is how a process looks that has nothing to do. If it had, look at what "
                  "the threads wait for, and who was to give it to them: another process, or one "
                  "of these threads."};
    for (const Thread& thread : snapshot.threads) {
        if (thread.tid) {
            add_evidence(hint, state_of(snapshot, thread));
        }
    }
    const std::size_t told = hint.evidence.size();
    if (const std::size_t count = count_threads(snapshot); count > told) {
        hint.evidence.back() = counted(count - told + 1, "more thread", "more threads");
    }
    hints.push_back(std::move(hint));
}

}  // namespace

extern const Check all_idle;
const Check all_idle{.run = run};

}  // namespace pycore::checks
