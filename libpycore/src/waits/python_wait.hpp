#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "pycore/address.hpp"
#include "waits/native_wait.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// The Python object that a thread waits for.
struct PythonWait {
    ResourceKind kind = ResourceKind::lock;
    Address object;                        ///< null where only the kind is known
    std::optional<std::size_t> thread;     ///< of a join: index in `WaitInput::threads`
    std::optional<std::uint64_t> awaited;  ///< of a join: `threading` ident of the other thread
    std::size_t interpreter = 0;
    /// The frame of the program that waits, index in `Thread::stack`: outside of the standard
    /// library's functions that only pass the wait on.
    std::optional<std::size_t> frame;
    bool certain = true;
    std::string evidence;
    bool idle = false;  ///< see `Wait::idle`
};

/// Nothing where the thread waits for no Python object, or none that can be told.
std::optional<PythonWait> find_python_wait(const WaitInput& input,
                                           InterpreterObjects& objects,
                                           const NativeState& native,
                                           std::size_t thread);

}  // namespace pycore
