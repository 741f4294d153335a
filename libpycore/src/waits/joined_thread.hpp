#pragma once

#include <cstdint>
#include <optional>

#include "waits/python_objects.hpp"

namespace pycore {

/// A thread that `threading` knows.
struct JoinedThread {
    Address object;           ///< the `threading.Thread`; null where there is none
    std::uint64_t ident = 0;  ///< 0: not known, or it was never started
};

JoinedThread find_joined_thread(PythonObjects& objects, std::uint64_t ident);
JoinedThread find_joined_thread(PythonObjects& objects, Address thread);

/// Index in `WaitInput::threads`.
std::optional<std::size_t> find_thread(const WaitInput& input, std::uint64_t ident);

/// The `threading.Thread` whose attribute `_tstate_lock` is this, up to 3.12, or null.
Address find_thread_of_lock(PythonObjects& objects, Address lock);

}  // namespace pycore
