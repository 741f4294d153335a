#include <algorithm>

#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

constexpr std::size_t several = 3;

struct Crowd {
    std::size_t resource = 0;
    std::vector<std::size_t> waiters;
};

/// The longest queues first.
std::vector<Crowd> crowds_of(const Findings& findings)
{
    const Snapshot& snapshot = findings.snapshot;
    const std::vector<bool> stuck = deadlocked(findings);
    std::vector<Crowd> crowds(snapshot.resources.size());
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        const Resource* const resource = awaited_resource(snapshot, snapshot.threads[i]);
        // Many threads may well wait for one to end, and for the GIL there is another check.
        if (resource != nullptr && has_owner(resource->kind) && !is_join(*resource) &&
            resource->kind != ResourceKind::gil && !stuck[i]) {
            const std::size_t index = snapshot.threads[i].wait->resource;
            crowds[index].resource = index;
            crowds[index].waiters.push_back(i);
        }
    }
    std::erase_if(crowds, [](const Crowd& crowd) { return crowd.waiters.size() < several; });
    std::ranges::stable_sort(crowds, std::ranges::greater{},
                             [](const Crowd& crowd) { return crowd.waiters.size(); });
    return crowds;
}

Hint make_hint(const Snapshot& snapshot, const Crowd& crowd)
{
    const Resource& resource = snapshot.resources[crowd.resource];
    Hint hint{
        .id = "contention",
        .severity = Severity::info,
        .confidence = Confidence::high,
        .title = std::to_string(crowd.waiters.size()) + " threads wait for " + words_of(resource),
        .detail =
            "They go on one after the other. If that takes too long, do less while it "
            "is held, or share less."};
    for (const std::size_t waiter : crowd.waiters) {
        add_thread(hint, snapshot.threads[waiter]);
    }
    for (const Owner& owner : resource.owners) {
        if (owner.thread && *owner.thread < snapshot.threads.size() &&
            owner.how != OwnerEvidence::reference) {
            const Thread& holder = snapshot.threads[*owner.thread];
            add_evidence(hint, words_of(holder) + (owner.certain ? " holds it" : " may hold it") +
                                   place_of_hold(owner));
            add_evidence(hint, state_of(snapshot, holder));
        }
    }
    if (hint.evidence.empty()) {
        add_evidence(hint, "who holds it is not known");
    }
    return hint;
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    std::vector<Crowd> crowds = crowds_of(findings);
    crowds.resize(std::min(crowds.size(), most_hints));
    for (const Crowd& crowd : crowds) {
        hints.push_back(make_hint(findings.snapshot, crowd));
    }
}

}  // namespace

extern const Check contention;
const Check contention{.run = run};

}  // namespace pycore::checks
