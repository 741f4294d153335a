#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/budget.hpp"
#include "base/walk.hpp"
#include "frames/code_cache.hpp"
#include "pycore/frame.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/snapshot.hpp"
#include "python/layout.hpp"

namespace pycore {

/// The frames of one run of the eval loop, innermost first. May be empty of visible frames.
struct StackSegment {
    std::vector<PythonFrame> frames;
    /// The `_PyCFrame` (3.11) or shim frame (3.12 on) that ends the segment: an address inside the
    /// C frame of that run of the eval loop. Null when it is not known.
    Address c_stack;
    /// Frames that `Limits::max_frames` left out of this segment; of those after it when the cut
    /// goes on there.
    std::optional<OmittedFrames> omitted;
};

/// A frame, or a part of one, that could not be read.
struct FrameGap {
    Address frame;
    Fault fault;
};

/// The Python frames of one thread state. What CPython hides (shims, frames that are not complete
/// yet) is hidden. `stop` says why the walk ended, `gaps` what is missing on the way.
struct PythonStack {
    std::vector<StackSegment> segments;  ///< innermost first
    Stop stop = Stop::finished;
    std::vector<FrameGap> gaps;
    bool broken = false;  ///< frames are missing where the chain could not be read
    bool cut = false;     ///< over `limits.max_frames`: the innermost and the outermost were kept
};

/// Walks the frames of the thread state at `thread_state`. Takes what it walks from `budget`.
PythonStack walk_python_stack(const Memory& memory,
                              const Layout& layout,
                              CodeCache& codes,
                              Address thread_state,
                              const Limits& limits,
                              Budget& budget);

}  // namespace pycore
