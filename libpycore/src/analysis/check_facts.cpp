#include "analysis/check_facts.hpp"

#include <algorithm>
#include <set>

#include "analysis/crash_kind.hpp"
#include "analysis/wait_words.hpp"
#include "waits/signalled.hpp"

namespace pycore {

const Resource* awaited_resource(const Snapshot& snapshot, const Thread& thread)
{
    const bool known = thread.wait && thread.wait->resource < snapshot.resources.size();
    return known ? &snapshot.resources[thread.wait->resource] : nullptr;
}

bool waits_for_ever(const Snapshot& snapshot, const Thread& thread)
{
    const Resource* const resource = awaited_resource(snapshot, thread);
    return resource != nullptr && !thread.wait->idle &&
           (!thread.wait->timed || resource->kind == ResourceKind::gil);
}

bool waits_for_nobody(const Snapshot& snapshot, const Thread& thread)
{
    if (!waits_for_ever(snapshot, thread)) {
        return false;
    }
    const Resource& resource = *awaited_resource(snapshot, thread);
    return is_signalled(resource.kind) && resource.owners.empty();
}

std::optional<std::size_t> joined_thread(const Snapshot& snapshot, const Thread& thread)
{
    if (!waits_for_ever(snapshot, thread)) {
        return std::nullopt;
    }
    const Resource& resource = *awaited_resource(snapshot, thread);
    const bool known =
        is_join(resource) && resource.thread && *resource.thread < snapshot.threads.size();
    return known ? resource.thread : std::nullopt;
}

std::vector<bool> deadlocked(const Findings& findings)
{
    std::vector<bool> stuck(findings.snapshot.threads.size());
    for (const Deadlock& deadlock : findings.deadlocks) {
        for (const DeadlockEdge& edge : deadlock.edges) {
            stuck.at(edge.waiter) = true;
        }
        for (const std::size_t thread : deadlock.behind) {
            stuck.at(thread) = true;
        }
    }
    return stuck;
}

bool is_running(const Thread& thread) noexcept
{
    return thread.activity == Activity::running_python ||
           thread.activity == Activity::running_native ||
           (thread.activity == Activity::collecting_garbage && !thread.wait);
}

bool runs_function(const Thread& thread, std::string_view file, std::string_view name)
{
    return std::ranges::any_of(thread.stack, [&](const StackFrame& frame) {
        const auto* const python = std::get_if<PythonFrame>(&frame);
        return python != nullptr && python->code->name == name &&
               std::string_view(python->code->file).ends_with(file);
    });
}

std::string doing_of(const Snapshot& snapshot, const Thread& thread)
{
    if (thread.wait) {
        return "waits for " + awaited_of(snapshot, thread) + place_of_wait(thread);
    }
    switch (thread.activity) {
    case Activity::running_python: return "runs Python";
    case Activity::running_native: return "runs C code";
    case Activity::collecting_garbage: return "collects garbage";
    case Activity::finalizing: return "ends the interpreter";
    case Activity::hanging_at_exit: return "was stopped, as its interpreter has ended";
    case Activity::sleeping: return "sleeps";
    case Activity::in_system_call:
        return std::string("is in ") +
               (thread.system_call ? thread.system_call->name : std::string("a system call"));
    default: return "does what is not known";
    }
}

std::string state_of(const Snapshot& snapshot, const Thread& thread)
{
    return words_of(thread) + ' ' + doing_of(snapshot, thread);
}

void add_thread(Hint& hint, const Thread& thread)
{
    if (thread.tid) {
        hint.threads.push_back(*thread.tid);
    }
}

void add_evidence(Hint& hint, std::string text)
{
    if (hint.evidence.size() < most_evidence) {
        hint.evidence.push_back(std::move(text));
    }
}

std::size_t count_threads(const Snapshot& snapshot)
{
    std::set<std::int32_t> tids;
    for (const Thread& thread : snapshot.threads) {
        if (thread.tid) {
            tids.insert(*thread.tid);
        }
    }
    return tids.size();
}

bool was_only_stopped(const Snapshot& snapshot)
{
    return !snapshot.crash || classify(snapshot) == CrashKind::external_signal;
}

}  // namespace pycore
