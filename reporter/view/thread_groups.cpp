#include "view/thread_groups.hpp"

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "view/thread_state.hpp"

namespace pycore {
namespace {

/// Frames that a reader cannot tell apart have one number.
class FrameNumbers {
public:
    std::size_t of(const StackFrame& frame)
    {
        if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
            const PythonCode& code = *python->code;
            return number(python_, {code.file, code.qualified_name, code.name,
                                    python->position.line.value_or(0)});
        }
        const NativePlace& place = *std::get<NativeCall>(frame).place;
        return number(native_,
                      {place.function, place.module.value_or(SIZE_MAX), place.module_offset});
    }

private:
    using Python = std::tuple<std::string_view, std::string_view, std::string_view, std::int32_t>;
    using Native = std::tuple<std::string_view, std::size_t, std::uint64_t>;

    template <class Key>
    std::size_t number(std::map<Key, std::size_t>& known, const Key& key)
    {
        return known.try_emplace(key, python_.size() + native_.size()).first->second;
    }

    std::map<Python, std::size_t> python_;
    std::map<Native, std::size_t> native_;
};

/// All that is shown of a thread but its name and number.
struct Look {
    std::vector<std::size_t> frames;
    std::string state;
    std::string holds;
    std::size_t interpreter = 0;
    std::uint64_t omitted = 0;
    bool complete = true;

    friend auto operator<=>(const Look&, const Look&) = default;
};

/// What a scan of the stack found is left there by chance.
bool is_guess(const StackFrame& frame)
{
    const auto* const call = std::get_if<NativeCall>(&frame);
    return call != nullptr && (call->trust == Trust::scan || call->trust == Trust::frame_pointer);
}

Look look_of(const Snapshot& snapshot, std::size_t index, FrameNumbers& numbers)
{
    const Thread& thread = snapshot.threads[index];
    Look look{.frames = {},
              .state = state_text(snapshot, thread),
              .holds = holds_text(snapshot, index),
              .interpreter = thread.interpreter.value_or(SIZE_MAX),
              .omitted = thread.omitted ? thread.omitted->count : 0,
              .complete = thread.stack_complete};
    look.frames.reserve(thread.stack.size());
    for (const StackFrame& frame : thread.stack) {
        if (!is_guess(frame)) {
            look.frames.push_back(numbers.of(frame));
        }
    }
    return look;
}

std::vector<bool> in_deadlocks(const Report& report)
{
    std::vector<bool> in(report.snapshot.threads.size());
    for (const Deadlock& deadlock : report.deadlocks) {
        for (const DeadlockEdge& edge : deadlock.edges) {
            if (edge.waiter < in.size()) {
                in[edge.waiter] = true;
            }
        }
    }
    return in;
}

}  // namespace

std::vector<ThreadGroup> group_threads(const Report& report)
{
    const std::vector<Thread>& threads = report.snapshot.threads;
    const std::vector<bool> alone = in_deadlocks(report);
    // Its variables are shown.
    const Thread* const first = first_thread(threads);
    FrameNumbers numbers;
    std::map<Look, std::size_t> known;
    std::vector<ThreadGroup> groups;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        if (!alone[i] && !threads[i].crashed && &threads[i] != first && !threads[i].exception &&
            !threads[i].stack.empty()) {
            const auto [group, is_new] =
                known.try_emplace(look_of(report.snapshot, i, numbers), groups.size());
            if (!is_new) {
                groups[group->second].others.push_back(i);
                continue;
            }
        }
        groups.push_back({.shown = i, .others = {}});
    }
    return groups;
}

std::vector<ThreadGroup> ungrouped_threads(const Snapshot& snapshot)
{
    std::vector<ThreadGroup> groups;
    for (std::size_t i = 0; i < snapshot.threads.size(); ++i) {
        groups.push_back({.shown = i, .others = {}});
    }
    return groups;
}

}  // namespace pycore
