#pragma once

#include <string>
#include <vector>

#include "base/budget.hpp"
#include "frames/python_stack.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {

/// Walks the stack of a new thread state.
inline PythonStack stack_of(PythonHeap& heap,
                            const Layout& layout,
                            const ThreadShape& thread,
                            const Limits& limits,
                            Budget& budget)
{
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    const Address state = heap.thread_state(interpreter, thread);
    CodeCache codes(heap.memory(), layout, limits, budget);
    return walk_python_stack(heap.memory(), layout, codes, state, limits, budget);
}

inline PythonStack stack_of(
    PythonHeap& heap, const Layout& layout, Address innermost, const Limits& limits, Budget& budget)
{
    return stack_of(heap, layout, ThreadShape{.frame = innermost}, limits, budget);
}

inline PythonStack stack_of(PythonHeap& heap,
                            const Layout& layout,
                            const ThreadShape& thread,
                            const Limits& limits = {})
{
    Budget budget(limits);
    return stack_of(heap, layout, thread, limits, budget);
}

inline PythonStack stack_of(PythonHeap& heap,
                            const Layout& layout,
                            Address innermost,
                            const Limits& limits = {})
{
    return stack_of(heap, layout, ThreadShape{.frame = innermost}, limits);
}

/// All frames of a stack, innermost first.
inline std::vector<PythonFrame> frames_in(const PythonStack& stack)
{
    std::vector<PythonFrame> frames;
    for (const StackSegment& segment : stack.segments) {
        frames.insert(frames.end(), segment.frames.begin(), segment.frames.end());
    }
    return frames;
}

inline std::vector<std::string> names_in(const PythonStack& stack)
{
    std::vector<std::string> names;
    for (const PythonFrame& frame : frames_in(stack)) {
        names.push_back(frame.code->name);
    }
    return names;
}

}  // namespace pycore::test
