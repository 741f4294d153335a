#include "threads/join_threads.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "threads/match_threads.hpp"

namespace pycore {
namespace {

// Behind all that are known.
constexpr Address unknown_place{UINT64_MAX};

/// The innermost address a stack has in the C stack of the thread that runs it.
Address c_stack_of(const PythonStack& stack)
{
    const auto known = std::ranges::find_if(stack.segments, [](const StackSegment& segment) {
        return static_cast<bool>(segment.c_stack);
    });
    return known == stack.segments.end() ? Address{} : known->c_stack;
}

bool has_frames(const PythonStack& stack)
{
    return std::ranges::any_of(stack.segments,
                               [](const StackSegment& s) { return !s.frames.empty(); });
}

/// Puts the segments of all states of one thread in the order of its C stack. A segment whose
/// place is not known stays behind the one it follows in its own state.
std::vector<StackSegment> order_segments(std::vector<ThreadStateStack*>& states)
{
    std::vector<std::pair<Address, StackSegment>> placed;
    for (ThreadStateStack* state : states) {
        Address place = unknown_place;
        for (StackSegment& segment : state->stack.segments) {
            place = segment.c_stack ? segment.c_stack : place;
            placed.emplace_back(place, std::move(segment));
        }
    }
    if (states.size() > 1) {
        std::ranges::stable_sort(placed, {}, [](const auto& entry) { return entry.first; });
    }
    std::vector<StackSegment> segments;
    segments.reserve(placed.size());
    for (auto& [place, segment] : placed) {
        segments.push_back(std::move(segment));
    }
    return segments;
}

void note_stack(const PythonStack& stack,
                JoinedThread& joined,
                const Limits& limits,
                std::vector<LimitHit>& hits,
                GapList& gaps)
{
    Thread& thread = joined.thread;
    for (const FrameGap& gap : stack.gaps) {
        gaps.add("frame-unreadable", "a Python frame is not complete", gap.fault, thread.tid);
    }
    const std::string where = name_of_thread(thread);
    if (stack.cut && !std::exchange(joined.cut, true)) {
        hits.push_back({"max-frames", limits.max_frames, where});
    }
    if (stack.stop == Stop::cycle) {
        gaps.add(Gap{.code = "stack-cycle",
                     .message = "the frames of " + where + " run in a circle",
                     .address = std::nullopt,
                     .thread = thread.tid});
    }
    const bool complete = stack.stop == Stop::finished && !stack.cut && !stack.broken;
    thread.stack_complete = thread.stack_complete && complete;
}

/// Takes the exceptions of `states`, the innermost first: at most one is on its way.
void take_exceptions(JoinedThread& joined, std::vector<ThreadStateStack*>& states, GapList& gaps)
{
    Thread& thread = joined.thread;
    for (ThreadStateStack* state : states) {
        ThreadExceptions& found = state->exceptions;
        thread.exception_raised = thread.exception ? thread.exception_raised : found.raised;
        for (Exception& exception : found.items) {
            if (thread.exception) {
                thread.handled.push_back(std::move(exception));
            } else {
                thread.exception = std::move(exception);
            }
        }
        if (found.fault) {
            gaps.add("exception-unreadable", "an exception is missing", *found.fault, thread.tid);
        }
    }
}

/// Fills what CPython knows of the thread that runs `states`, the innermost first.
void fill_python(JoinedThread& joined,
                 std::vector<ThreadStateStack*>& states,
                 const Limits& limits,
                 std::vector<LimitHit>& hits,
                 GapList& gaps)
{
    Thread& thread = joined.thread;
    std::ranges::stable_sort(states, {}, [](const ThreadStateStack* state) {
        const Address place = c_stack_of(state->stack);
        return place ? place : unknown_place;
    });
    const ThreadStateStack& innermost = *states.front();
    // The states of one thread carry the same ident, but for a sub-interpreter's that carries
    // its creator's: the one that equals the thread pointer is the thread's own.
    const auto own = std::ranges::find_if(states, [&](const ThreadStateStack* state) {
        return thread.registers && state->state.thread_id == thread.registers->thread_pointer.value;
    });
    const ThreadStateStack& named = own == states.end() ? innermost : **own;
    thread.interpreter = innermost.interpreter;
    thread.python_thread_id = named.state.thread_id;
    // The interpreter that started the thread, whose frames are the outermost, knows its name;
    // one that it entered later may not, or may have made one up.
    for (const ThreadStateStack* state : states) {
        if (state->name && state->state.thread_id == named.state.thread_id) {
            thread.python_name = state->name;
        }
    }
    for (const ThreadStateStack* state : states) {
        joined.states.push_back({.at = state->state.at, .interpreter = state->interpreter});
        note_stack(state->stack, joined, limits, hits, gaps);
    }
    joined.segments = order_segments(states);
    take_exceptions(joined, states, gaps);
}

}  // namespace

std::string name_of_thread(const Thread& thread)
{
    return thread.tid ? "thread " + std::to_string(*thread.tid) : "a thread";
}

std::vector<JoinedThread> join_threads(const CoreFile& core,
                                       PythonProcess& python,
                                       const Limits& limits,
                                       GapList& gaps)
{
    const ThreadMatcher matcher(core);
    std::vector<std::vector<ThreadStateStack*>> states(core.threads().size());
    std::vector<JoinedThread> threads;
    std::vector<JoinedThread> strays;
    for (ThreadStateStack& state : python.states) {
        if (const auto index = matcher.find(state.state, c_stack_of(state.stack))) {
            states[*index].push_back(&state);
        } else if (has_frames(state.stack)) {
            std::vector<ThreadStateStack*> only{&state};
            fill_python(strays.emplace_back(), only, limits, python.limits, gaps);
        }
    }
    for (std::size_t i = 0; i < core.threads().size(); ++i) {
        JoinedThread& joined = threads.emplace_back();
        Thread& thread = joined.thread;
        thread.tid = core.threads()[i].tid;
        thread.registers = core.threads()[i];
        thread.crashed = i == 0 && core.signal().has_value();
        if (!states[i].empty()) {
            fill_python(joined, states[i], limits, python.limits, gaps);
        }
    }
    std::ranges::stable_sort(threads, {}, [](const JoinedThread& joined) {
        return std::pair(!joined.thread.crashed, joined.thread.tid.value_or(INT32_MAX));
    });
    std::ranges::move(strays, std::back_inserter(threads));
    python.states.clear();
    return threads;
}

}  // namespace pycore
