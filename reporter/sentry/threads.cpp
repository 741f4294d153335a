#include <algorithm>
#include <set>
#include <utility>

#include "sentry/event.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore::sentry {
namespace {

// Of Sentry's lock reason interface.
constexpr int locked = 1;
constexpr int waiting = 2;
constexpr int blocked = 8;

constexpr std::size_t most_locks = 32;

std::string id_of(const Thread& thread)
{
    if (thread.tid) {
        return std::to_string(*thread.tid);
    }
    return thread.python_thread_id ? "python-" + hex(*thread.python_thread_id) : "unknown";
}

void add_lock(
    const Draft& draft, Json& locks, std::size_t index, int type, std::optional<std::size_t> holder)
{
    if (index >= draft.snapshot().resources.size() || locks.size() >= most_locks) {
        return;
    }
    const Resource& resource = draft.snapshot().resources[index];
    if (!resource.address) {
        return;
    }
    const std::string address = hex(resource.address.value);
    Json lock;
    lock["type"] = type;
    lock["address"] = address;
    lock["class_name"] =
        resource.type.empty() ? std::string(words_of(resource.kind)) : draft.text(resource.type);
    if (holder && *holder < draft.thread_ids.size()) {
        lock["thread_id"] = draft.thread_ids[*holder];
    }
    locks[address] = std::move(lock);
}

bool surely_holds(const Resource& resource, std::size_t thread)
{
    const auto owner = std::ranges::find(resource.owners, thread, &Owner::thread);
    return owner != resource.owners.end() && owner->certain &&
           owner->how != OwnerEvidence::is_the_resource;
}

// What the thread holds, and what it waits for with the thread that holds that.
Json locks_of(const Draft& draft, std::size_t thread)
{
    Json locks = Json::object();
    const Thread& of = draft.snapshot().threads[thread];
    for (const std::size_t held : of.holds) {
        if (held < draft.snapshot().resources.size() &&
            surely_holds(draft.snapshot().resources[held], thread)) {
            add_lock(draft, locks, held, locked, thread);
        }
    }
    if (of.wait && of.wait->certain && of.wait->resource < draft.snapshot().resources.size()) {
        const Resource& resource = draft.snapshot().resources[of.wait->resource];
        const bool owned = !resource.owners.empty() && resource.owners.front().certain;
        add_lock(draft, locks, of.wait->resource, has_owner(resource.kind) ? blocked : waiting,
                 owned ? resource.owners.front().thread : std::nullopt);
    }
    return locks;
}

Json describe(Draft& draft, std::size_t index, bool current)
{
    const Thread& thread = draft.snapshot().threads[index];
    Json made;
    made["id"] = draft.thread_ids[index];
    if (thread.python_name || thread.name) {
        made["name"] = draft.text(thread.python_name ? *thread.python_name : *thread.name);
    }
    made["crashed"] = thread.crashed;
    made["current"] = current;
    made["main"] = thread.tid.has_value() && thread.tid == draft.snapshot().process.pid;
    if (const std::string state = state_text(draft.snapshot(), thread); !state.empty()) {
        made["state"] = draft.text(state);
    }
    if (Json locks = locks_of(draft, index); !locks.empty()) {
        made["held_locks"] = std::move(locks);
    }
    draft.bytes += made.dump().size();
    return made;
}

}  // namespace

std::vector<std::string> thread_ids(const Snapshot& snapshot)
{
    std::vector<std::string> ids;
    std::set<std::string> taken;
    for (const Thread& thread : snapshot.threads) {
        std::string id = id_of(thread);
        if (!taken.insert(id).second) {
            // A second thread state of the same thread, of another interpreter.
            id += "-" + std::to_string(ids.size());
            taken.insert(id);
        }
        ids.push_back(std::move(id));
    }
    return ids;
}

std::optional<std::size_t> main_thread(const Report& report)
{
    const std::vector<Thread>& threads = report.snapshot.threads;
    const auto crashed = std::ranges::find(threads, true, &Thread::crashed);
    if (crashed != threads.end()) {
        return static_cast<std::size_t>(crashed - threads.begin());
    }
    if (!report.deadlocks.empty() && !report.deadlocks.front().edges.empty() &&
        report.deadlocks.front().edges.front().waiter < threads.size()) {
        return report.deadlocks.front().edges.front().waiter;
    }
    const Thread* first = first_thread(threads);
    if (first != nullptr) {
        return static_cast<std::size_t>(first - threads.data());
    }
    return threads.empty() ? std::nullopt : std::optional<std::size_t>(0);
}

Json threads(Draft& draft, bool with_exception)
{
    Json values = Json::array();
    const auto main = main_thread(draft.report);
    for (std::size_t i = 0; i < draft.snapshot().threads.size(); ++i) {
        if (draft.full() || (values.size() >= draft.extent.threads && i != main)) {
            ++draft.threads_left_out;
            continue;
        }
        const bool variables = values.size() < draft.extent.threads_with_variables;
        values.push_back(describe(draft, i, i == main));
        if (with_exception && i == main) {
            continue;
        }
        if (Json stack = stacktrace(draft, draft.snapshot().threads[i], variables);
            !stack.is_null()) {
            values.back()["stacktrace"] = std::move(stack);
        }
    }
    return values;
}

}  // namespace pycore::sentry
