#include "report/wait_names.hpp"

#include <algorithm>

namespace pycore {
namespace {

// "waiting for simple queue", "waiting for GIL"
std::string waiting_for(const Thread& thread, const Snapshot& snapshot)
{
    if (!thread.wait || thread.wait->resource >= snapshot.resources.size()) {
        return "waiting";
    }
    const ResourceKind kind = snapshot.resources[thread.wait->resource].kind;
    std::string words(kind == ResourceKind::gil ? "GIL" : name_of(kind));
    std::ranges::replace(words, '-', ' ');
    return "waiting for " + words;
}

}  // namespace

std::string_view name_of(OwnerEvidence how) noexcept
{
    switch (how) {
    case OwnerEvidence::recorded: return "recorded";
    case OwnerEvidence::is_the_resource: return "is-the-resource";
    case OwnerEvidence::with_block: return "with-block";
    case OwnerEvidence::context_manager: return "context-manager";
    case OwnerEvidence::acquire_call: return "acquire-call";
    case OwnerEvidence::reference: break;
    }
    return "reference";
}

std::string_view name_of(GilState state) noexcept
{
    switch (state) {
    case GilState::held: return "held";
    case GilState::waiting: return "waiting";
    case GilState::released: return "released";
    case GilState::detached: break;
    }
    return "detached";
}

std::optional<std::string> state_of(const Thread& thread, const Snapshot& snapshot)
{
    switch (thread.activity) {
    case Activity::running_python: return "running";
    case Activity::running_native: return "running C";
    case Activity::collecting_garbage: return "in garbage collection";
    case Activity::finalizing: return "finalizing";
    case Activity::hanging_at_exit: return "hanging at exit";
    case Activity::waiting: return waiting_for(thread, snapshot);
    case Activity::sleeping: return "sleeping";
    case Activity::in_system_call: return "in system call";
    case Activity::unknown: break;
    }
    return std::nullopt;
}

}  // namespace pycore
