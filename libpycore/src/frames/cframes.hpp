#pragma once

#include "base/budget.hpp"
#include "base/walk.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// One run of the eval loop as 3.11 and 3.12 chain them.
struct CFrame {
    Address at;
    Address current_frame;
};

/// The `_PyCFrame`s of a thread state, innermost first, without the one that is embedded in it.
Walk<CFrame> walk_cframes(const Memory& memory,
                          const Layout& layout,
                          Address thread_state,
                          const Limits& limits,
                          Budget& budget);

}  // namespace pycore
