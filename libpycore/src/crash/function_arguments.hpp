#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "pycore/memory.hpp"
#include "unwind/registers.hpp"

namespace pycore {

/// The first six arguments of a function, as far as they are known.
using FunctionArguments = std::array<std::optional<std::uint64_t>, 6>;

/// A function that has made a call.
struct CallingFunction {
    Address start;
    Address return_address;    ///< of the call
    Address cfa;               ///< of its frame
    RegisterValues registers;  ///< as they are when the call returns
};

/// What an x86-64 function was called with. Compilers keep what they still need in registers that
/// the callee gives back, or on the stack: all ways from its first instruction to the call have to
/// agree on where.
FunctionArguments read_arguments(const Memory& memory, const CallingFunction& function);

}  // namespace pycore
