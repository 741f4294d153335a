#pragma once

#include <cstddef>
#include <optional>

#include "pycore/snapshot.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// The innermost loop that the thread is in: of its innermost frame, else of the nearest one that
/// called it from a loop.
std::optional<Loop> find_running_loop(const WaitInput& input,
                                      InterpreterObjects& objects,
                                      std::size_t thread);

}  // namespace pycore
