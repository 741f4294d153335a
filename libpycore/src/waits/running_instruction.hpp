#pragma once

#include <cstddef>

#include "pycore/wait.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// What a thread does that runs inside CPython, whose file is not here to tell the eval loop from
/// what it calls: the instruction of its innermost frame is a call, and it runs C code, or it is
/// any other. `unknown` where that cannot be read, and for a thread whose registers tell nothing.
Activity find_running_activity(const WaitInput& input,
                               InterpreterObjects& objects,
                               std::size_t thread);

}  // namespace pycore
