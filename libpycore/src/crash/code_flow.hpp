#pragma once

#include <optional>

#include "crash/x86_flow.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// What is known about registers and stack at the call that returns to `return_address`, in the
/// x86-64 function that begins at `start`: what holds whichever way led there.
std::optional<x86::FlowState> find_state_at_call(const Memory& memory,
                                                 Address start,
                                                 Address return_address);

/// What the first `call` of the function at `start` leads to, when no jump comes before.
std::optional<Address> find_first_callee(const Memory& memory, Address start);

}  // namespace pycore
