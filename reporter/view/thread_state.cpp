#include "view/thread_state.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pycore {
namespace {

constexpr std::size_t most_names = 4;
constexpr std::size_t most_held = 8;

// "2.5 s", "3600 s"
std::string seconds_text(double seconds)
{
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.6g s", seconds);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

// ", held by phil-1", ", which may be held by phil-1 or phil-2"; of what nobody holds nothing.
std::string owners_text(const Snapshot& snapshot, const Resource& resource)
{
    std::vector<std::string> sure;
    std::vector<std::string> likely;
    for (const Owner& owner : resource.owners) {
        if (owner.how == OwnerEvidence::reference || owner.how == OwnerEvidence::is_the_resource) {
            continue;
        }
        std::string name = owner.thread ? thread_text(snapshot, *owner.thread)
                           : owner.tid  ? "thread " + std::to_string(*owner.tid) + ", not here"
                                        : "a thread that is not here";
        (owner.certain ? sure : likely).push_back(std::move(name));
    }
    if (!sure.empty()) {
        return ", held by " + list_text(sure, most_names);
    }
    return likely.empty() ? "" : ", perhaps held by " + list_text(likely, most_names);
}

std::string wait_text(const Snapshot& snapshot, const Wait& wait)
{
    const Resource& resource = snapshot.resources[wait.resource];
    std::string text = (wait.certain ? "waiting for " : "waiting, as it seems, for ") +
                       resource_text(snapshot, resource) + owners_text(snapshot, resource);
    // Of the GIL the limit is CPython's, which asks again.
    if (wait.timeout && resource.kind != ResourceKind::gil) {
        text += ", for " + seconds_text(*wait.timeout);
    } else if (wait.timed && resource.kind != ResourceKind::gil) {
        text += ", with a time limit";
    }
    return text + (wait.idle ? ", with nothing to do" : "");
}

// "in epoll_wait(fd 5 [eventpoll])"
std::string call_text(const SystemCall& call)
{
    std::string arguments = call.fd ? "fd " + std::to_string(*call.fd) : std::string();
    arguments += call.path.empty() ? "" : (arguments.empty() ? "" : " ") + call.path;
    if (call.pid) {
        arguments += "pid " + std::to_string(*call.pid);
    }
    const std::string limit = call.timeout ? ", for " + seconds_text(*call.timeout) : std::string();
    return call.name + "(" + arguments + ")" + limit;
}

std::string_view words_of(Activity activity) noexcept
{
    switch (activity) {
    case Activity::running_python: return "running Python code";
    case Activity::running_native: return "running C code";
    case Activity::collecting_garbage: return "in garbage collection";
    case Activity::finalizing: return "ending the interpreter";
    case Activity::hanging_at_exit: return "stopped for good, as its interpreter has ended";
    case Activity::sleeping: return "sleeping";
    case Activity::waiting: return "waiting";
    case Activity::in_system_call: return "in a system call";
    case Activity::unknown: break;
    }
    return {};
}

void add(std::string& text, const std::string& more)
{
    text += (text.empty() ? "" : ", ") + more;
}

}  // namespace

std::string list_text(const std::vector<std::string>& words, std::size_t most)
{
    std::string text;
    const std::size_t told = std::min(words.size(), most);
    for (std::size_t i = 0; i < told; ++i) {
        text += (i == 0 ? "" : ", ") + words[i];
    }
    return told == words.size() ? text
                                : text + " and " + std::to_string(words.size() - told) + " more";
}

std::string thread_text(const Snapshot& snapshot, std::size_t thread)
{
    if (thread >= snapshot.threads.size()) {
        return "a thread that a limit left out";
    }
    const Thread& of = snapshot.threads[thread];
    return of.python_name ? *of.python_name
           : of.tid       ? "thread " + std::to_string(*of.tid)
                          : "a thread that has ended";
}

std::string resource_text(const Snapshot& snapshot, const Resource& resource)
{
    if (resource.kind == ResourceKind::gil) {
        return "the GIL";
    }
    if (resource.thread) {
        return "the end of " + thread_text(snapshot, *resource.thread);
    }
    return resource.name.empty()
               ? resource.description
               : resource.name + " (" + std::string(pycore::words_of(resource.kind)) + ")";
}

std::string state_text(const Snapshot& snapshot, const Thread& thread)
{
    const bool waits = thread.wait && thread.wait->resource < snapshot.resources.size();
    std::string text;
    switch (thread.activity) {
    case Activity::unknown: return {};
    case Activity::waiting: break;
    case Activity::in_system_call:
        text = thread.system_call ? "in " + call_text(*thread.system_call)
                                  : std::string(words_of(thread.activity));
        break;
    case Activity::sleeping:
        text = words_of(thread.activity);
        if (thread.system_call && thread.system_call->timeout) {
            add(text, "for " + seconds_text(*thread.system_call->timeout));
        }
        break;
    default: text = words_of(thread.activity);
    }
    if (waits) {
        add(text, wait_text(snapshot, *thread.wait));
    } else if (thread.activity == Activity::waiting) {
        add(text, thread.system_call ? "waiting in " + call_text(*thread.system_call) : "waiting");
    }
    if (thread.gil == GilState::held) {
        add(text, "with the GIL");
    }
    return text;
}

std::string holds_text(const Snapshot& snapshot, std::size_t thread)
{
    std::vector<std::string> held;
    for (const std::size_t index : snapshot.threads[thread].holds) {
        if (index >= snapshot.resources.size() ||
            snapshot.resources[index].kind == ResourceKind::gil) {
            continue;
        }
        const auto& owners = snapshot.resources[index].owners;
        const auto owner = std::ranges::find(owners, thread, &Owner::thread);
        if (owner != owners.end() && owner->how != OwnerEvidence::reference &&
            owner->how != OwnerEvidence::is_the_resource) {
            held.push_back((owner->certain ? "" : "perhaps ") +
                           resource_text(snapshot, snapshot.resources[index]));
        }
    }
    return held.empty() ? std::string() : "holding " + list_text(held, most_held);
}

}  // namespace pycore
