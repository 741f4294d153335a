#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

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

/// "worker-0 and 23 more: waits for jobs (app.py:7)", in the order of the threads.
std::vector<std::string> occupations_of(const Snapshot& snapshot)
{
    std::map<std::string, std::size_t> known;
    std::vector<std::pair<std::string, std::vector<std::string>>> occupations;
    for (const Thread& thread : snapshot.threads) {
        if (thread.tid) {
            const std::string doing = doing_of(snapshot, thread);
            const auto [entry, is_new] = known.try_emplace(doing, occupations.size());
            if (is_new) {
                occupations.push_back({doing, {}});
            }
            occupations[entry->second].second.push_back(words_of(thread));
        }
    }
    std::vector<std::string> lines;
    lines.reserve(occupations.size());
    for (const auto& [doing, names] : occupations) {
        lines.push_back(listed(names, 1) + ": " + doing);
    }
    return lines;
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
    for (std::string& line : occupations_of(snapshot)) {
        add_evidence(hint, std::move(line));
    }
    hints.push_back(std::move(hint));
}

}  // namespace

extern const Check all_idle;
const Check all_idle{.run = run};

}  // namespace pycore::checks
