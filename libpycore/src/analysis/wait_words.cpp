#include "analysis/wait_words.hpp"

#include <algorithm>

#include "analysis/shorten.hpp"
#include "waits/describe.hpp"
#include "waits/signalled.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_name = 60;

/// Objects of the program, which its own name for them tells best.
bool is_known_by_name(ResourceKind kind) noexcept
{
    return kind == ResourceKind::lock || kind == ResourceKind::rlock || is_signalled(kind);
}

std::string_view word_of(OwnerEvidence how) noexcept
{
    switch (how) {
    case OwnerEvidence::with_block: return "with";
    case OwnerEvidence::context_manager: return "context manager";
    case OwnerEvidence::acquire_call: return "acquire()";
    default: return {};
    }
}

std::string in_brackets(std::string_view word, const std::string& place)
{
    std::string text(word);
    text += text.empty() || place.empty() ? "" : ", ";
    text += place;
    return text.empty() ? text : " (" + text + ")";
}

}  // namespace

std::string words_of(const Thread& thread)
{
    return shorten(describe_thread(thread), most_name);
}

std::string words_of(const Resource& resource)
{
    if (resource.kind == ResourceKind::gil) {
        return "the GIL";
    }
    if (is_known_by_name(resource.kind) && !resource.name.empty()) {
        return shorten(resource.name, most_name);
    }
    return resource.description.empty() ? std::string(words_of(resource.kind))
                                        : shorten(resource.description, most_name);
}

std::string place_in(std::string_view where)
{
    const std::size_t open = where.rfind('(');
    if (open != std::string_view::npos && where.ends_with(')')) {
        where = where.substr(open + 1, where.size() - open - 2);
    }
    return shorten(where, most_name);
}

bool is_join(const Resource& resource) noexcept
{
    return resource.kind == ResourceKind::thread || resource.kind == ResourceKind::pthread_join;
}

std::string awaited_of(const Snapshot& snapshot, const Thread& thread)
{
    if (!thread.wait || thread.wait->resource >= snapshot.resources.size()) {
        return "nothing";
    }
    const Resource& resource = snapshot.resources[thread.wait->resource];
    if (is_join(resource) && resource.thread && *resource.thread < snapshot.threads.size()) {
        const Thread& joined = snapshot.threads[*resource.thread];
        const bool itself = &joined == &thread || (joined.tid && joined.tid == thread.tid);
        return (itself ? "itself" : words_of(joined)) + " to end";
    }
    return words_of(resource);
}

std::string place_of_wait(const Thread& thread)
{
    return thread.wait ? in_brackets({}, place_in(thread.wait->where)) : std::string();
}

std::string place_of_hold(const Owner& owner)
{
    return in_brackets(word_of(owner.how), place_in(owner.where));
}

std::string evidence_of(const Owner& owner)
{
    if (!owner.evidence.empty()) {
        return shorten(owner.evidence);
    }
    const std::string at = owner.where.empty() ? "" : " in " + shorten(owner.where);
    switch (owner.how) {
    case OwnerEvidence::recorded: return "the object records its owner";
    case OwnerEvidence::is_the_resource: return "it is the thread that is awaited";
    case OwnerEvidence::with_block: return "inside `with`" + at;
    case OwnerEvidence::context_manager: return "inside a context manager that has it" + at;
    case OwnerEvidence::acquire_call: return "called acquire() and no release()" + at;
    case OwnerEvidence::reference: break;
    }
    return "refers to it" + at;
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural)
{
    return std::to_string(count) + ' ' + std::string(count == 1 ? singular : plural);
}

std::string listed(const std::vector<std::string>& names, std::size_t most)
{
    // "and 1 more" is no shorter than the name.
    const std::size_t shown = names.size() <= most + 1 ? names.size() : most;
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == names.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + names[i];
    }
    return shown == names.size() ? text
                                 : text + " and " + std::to_string(names.size() - shown) + " more";
}

}  // namespace pycore
