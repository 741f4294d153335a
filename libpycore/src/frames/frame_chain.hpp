#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "base/budget.hpp"
#include "base/walk.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// One link of a thread state's frame chain, undecoded: a frame, or the end of a segment.
struct FrameLink {
    Address at;  ///< the frame; the shim or `_PyCFrame` when `ends_segment`
    Address code;
    Address instruction;
    bool ends_segment = false;
    bool in_generator = false;
};

/// The frame chain as it lies in memory, innermost first.
struct FrameChain {
    std::vector<FrameLink> innermost;
    std::deque<FrameLink> outermost;  ///< empty unless the chain was longer than the limit
    Stop stop = Stop::finished;
    std::vector<Fault> faults;  ///< links that could not be read
    std::uint64_t dropped = 0;  ///< frames between the two lists, without ends of segments
    bool cut = false;           ///< links between the two lists were dropped
};

/// Follows the chain of the thread state at `thread_state` to its end, keeping at most
/// `limits.max_frames` links, the first and the last ones. Takes what it walks from `budget`.
FrameChain walk_frame_chain(const Memory& memory,
                            const Layout& layout,
                            Address thread_state,
                            const Limits& limits,
                            Budget& budget);

}  // namespace pycore
