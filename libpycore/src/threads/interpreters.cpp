#include "threads/interpreters.hpp"

#include <unordered_set>

#include "base/try.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

/// Follows a list whose items `read` reads, until null, a repeated item, a fault or the limit.
/// `read(at, items)` adds the item and gives the next address.
template <class Item, class Read>
Walk<Item> walk_list(Result<Address> head, std::size_t max_items, Deadline& deadline, Read read)
{
    Walk<Item> walk;
    std::unordered_set<std::uint64_t> seen;
    Result<Address> at = head;
    while (at && *at) {
        if (walk.items.size() == max_items || deadline.passed()) {
            walk.stop = Stop::limit;
            return walk;
        }
        if (!seen.insert(at->value).second) {
            walk.stop = Stop::cycle;
            return walk;
        }
        at = read(*at, walk.items);
    }
    if (!at) {
        walk.stop = Stop::fault;
        walk.fault = at.fault();
    }
    return walk;
}

Result<Address> read_interpreter(const Memory& memory,
                                 const InterpreterLayout& layout,
                                 Address runtime,
                                 Address at,
                                 std::vector<InterpreterState>& items)
{
    PYCORE_TRY(const Address back, read_field(memory, at, layout.runtime, "interpreter state"));
    if (back != runtime) {
        return Fault{FaultCode::bad_format, at.value, "interpreter state"};
    }
    InterpreterState state{.at = at, .id = 0, .finalizing = false, .gc_running = std::nullopt};
    PYCORE_TRY(state.id, read_field(memory, at, layout.id, "interpreter state"));
    const auto finalizing = read_field(memory, at, layout.finalizing, "interpreter state");
    state.finalizing = finalizing.value_or(0) != 0;
    if (const auto collecting = read_field(memory, at, layout.gc_collecting, "interpreter state")) {
        state.gc_running = *collecting != 0;
    }
    items.push_back(state);
    return read_field(memory, at, layout.next, "interpreter state");
}

Result<Address> read_thread_state(const Memory& memory,
                                  const ThreadLayout& layout,
                                  Address interpreter,
                                  Address at,
                                  std::vector<ThreadState>& items)
{
    PYCORE_TRY(const Record record, Record::read(memory, at, layout.size, "thread state"));
    PYCORE_TRY(const Address back, record.get(layout.interpreter));
    if (back != interpreter) {
        return Fault{FaultCode::bad_format, at.value, "thread state"};
    }
    ThreadState state{.at = at};
    PYCORE_TRY(state.thread_id, record.get(layout.thread_id));
    PYCORE_TRY(state.native_thread_id, record.get(layout.native_thread_id));
    items.push_back(state);
    return record.get(layout.next);
}

}  // namespace

Walk<InterpreterState> walk_interpreters(const Memory& memory,
                                         const Layout& layout,
                                         Address runtime,
                                         const Limits& limits,
                                         Budget& budget)
{
    const auto read = [&](Address at, std::vector<InterpreterState>& items) {
        return read_interpreter(memory, layout.interpreter, runtime, at, items);
    };
    const auto head = read_field(memory, runtime, layout.runtime.interpreters_head, "runtime");
    return walk_list<InterpreterState>(head, limits.max_interpreters, budget.deadline, read);
}

Walk<ThreadState> walk_thread_states(const Memory& memory,
                                     const Layout& layout,
                                     Address interpreter,
                                     Budget& budget)
{
    const auto read = [&](Address at, std::vector<ThreadState>& items) {
        return read_thread_state(memory, layout.thread, interpreter, at, items);
    };
    const auto head =
        read_field(memory, interpreter, layout.interpreter.threads_head, "interpreter state");
    auto walk = walk_list<ThreadState>(head, budget.thread_states, budget.deadline, read);
    budget.thread_states -= walk.items.size();
    return walk;
}

}  // namespace pycore
