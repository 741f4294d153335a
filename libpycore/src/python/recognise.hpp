#pragma once

#include "python/layout.hpp"

namespace pycore {

/// True when the list of interpreters at `runtime` starts with one that points back. A copy of a
/// `_PyRuntime` does not pass: its interpreters point to the original.
[[nodiscard]] bool interpreter_points_back(const Memory& memory,
                                           const Layout& layout,
                                           Address runtime);

/// The check for versions without `_Py_DebugOffsets`: the main interpreter is embedded in the
/// runtime, points back to it, has number 0 and a thread state that belongs to it.
[[nodiscard]] bool embeds_main_interpreter(const Memory& memory,
                                           const Layout& layout,
                                           Address runtime);

}  // namespace pycore
