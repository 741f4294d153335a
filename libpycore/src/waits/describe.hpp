#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "pycore/snapshot.hpp"

namespace pycore {

/// "eat (phi.py:10)", "pthread_mutex_lock in libc.so.6"; empty for a frame that tells nothing.
std::string describe_frame(const StackFrame& frame);

/// "Lock forks[3]", "thread worker-1", "GIL", "Lock at 0x7f10": `type`, `name`, `address` and
/// `thread` of the resource are filled.
std::string describe_resource(const Resource& resource, std::span<const Thread> threads);

/// "worker-1", "thread 4711".
std::string describe_thread(const Thread& thread);

}  // namespace pycore
