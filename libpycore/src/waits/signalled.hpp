#pragma once

#include "pycore/wait.hpp"

namespace pycore {

/// Whether a thread waits for an object of Python's until another thread does something about it,
/// whoever that is: events, queues and the like.
[[nodiscard]] constexpr bool is_signalled(ResourceKind kind) noexcept
{
    switch (kind) {
    case ResourceKind::condition:
    case ResourceKind::event:
    case ResourceKind::semaphore:
    case ResourceKind::barrier:
    case ResourceKind::queue:
    case ResourceKind::simple_queue:
    case ResourceKind::future: return true;
    default: return false;
    }
}

}  // namespace pycore
