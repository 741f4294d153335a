#include "analysis/check_facts.hpp"
#include "analysis/orphans.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

constexpr std::string_view detail =
    "It stays taken: its owner ended, or was stopped at the end of the interpreter, before it "
    "released it, or the process is the child of a fork and the owner remained in the parent. "
    "Take locks with `with`, join threads before the end, and start processes by spawn.";

Hint make_hint(const Snapshot& snapshot, const Orphan& orphan)
{
    const Resource& resource = snapshot.resources[orphan.resource];
    const bool sure = orphan.owner != nullptr;
    Hint hint{
        .id = "orphaned-lock",
        .severity = sure ? Severity::error : Severity::warning,
        .confidence = sure ? Confidence::high : Confidence::medium,
        .title = words_of(resource) + (orphan.hanging ? " is held by a thread that was stopped"
                                       : sure         ? " is held by a thread that is not there"
                                                      : " is held by no thread of this process"),
        .detail = std::string(detail)};
    if (sure) {
        std::string who = "the owner";
        if (orphan.owner->tid) {
            who += " is thread " + std::to_string(*orphan.owner->tid);
        }
        add_evidence(hint, who + ": " + evidence_of(*orphan.owner));
    }
    for (const std::size_t waiter : orphan.waiters) {
        add_thread(hint, snapshot.threads[waiter]);
        add_evidence(hint, state_of(snapshot, snapshot.threads[waiter]));
    }
    return hint;
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    // Of such a child another check tells.
    if (is_forked_child(findings.snapshot)) {
        return;
    }
    std::size_t count = 0;
    for (const Orphan& orphan : find_orphans(findings.snapshot)) {
        if (count++ < most_hints) {
            hints.push_back(make_hint(findings.snapshot, orphan));
        }
    }
}

}  // namespace

extern const Check orphaned_lock;
const Check orphaned_lock{.run = run};

}  // namespace pycore::checks
