#pragma once

#include "pycore/address.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// The frame embedded in a generator, a coroutine or an async generator that waits at a `yield` or
/// `await`; null for everything else, also for what was one and is freed.
[[nodiscard]] Address suspended_frame(PythonObjects& objects, Address object);

}  // namespace pycore
