#pragma once

#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore::test {

/// The Python frames of a stack, without the native ones among them.
inline std::vector<PythonFrame> python_frames(const Thread& thread)
{
    std::vector<PythonFrame> frames;
    for (const StackFrame& frame : thread.stack) {
        if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
            frames.push_back(*python);
        }
    }
    return frames;
}

}  // namespace pycore::test
