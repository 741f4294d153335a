#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "frames/native_calls.hpp"
#include "frames/python_stack.hpp"
#include "pycore/frame.hpp"
#include "pycore/native_frame.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// The one stack of a thread, innermost first.
struct MergedStack {
    std::vector<StackFrame> frames;
    std::optional<OmittedFrames> omitted;  ///< of both stacks together, at the first hole
    std::size_t unplaced = 0;              ///< segments whose run of the eval loop was not found
    bool cut = false;                      ///< together they were over the limit of frames
};

/// Puts Python frames in the place of the C frames that run them. A run of the eval loop keeps one
/// object on its C stack, the shim or the cframe that ends its segment: the C frame which holds
/// that address is replaced by the segment, whatever its name is. Where such a frame is not known
/// exactly, C frames stay and the segment stands among them by its address. The frame that
/// `crashed` stays in any case: the innermost one, and those that a signal interrupted.
/// `segments` are innermost first.
MergedStack merge_stacks(const NativeStack& native,
                         std::vector<StackSegment> segments,
                         NativeCalls& calls,
                         bool crashed,
                         std::size_t max_frames);

}  // namespace pycore
