#pragma once

#include <cstddef>
#include <string>

#include "pycore/address.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// How the program calls objects.
class ObjectNames {
public:
    ObjectNames(const WaitInput& input, InterpreterObjects& objects)
        : input_(input), objects_(objects)
    {
    }

    /// "forks[3]", "self._lock of Cache", "db_lock in app": as seen from the frame with index
    /// `frame` in the stack of `thread`, else from others of the thread, else from modules. Empty
    /// where nothing within reach refers to it.
    [[nodiscard]] std::string find(Address object,
                                   std::size_t interpreter,
                                   std::size_t thread,
                                   std::optional<std::size_t> frame);

private:
    const WaitInput& input_;
    InterpreterObjects& objects_;
};

}  // namespace pycore
