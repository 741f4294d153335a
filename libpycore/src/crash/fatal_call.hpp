#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "memory/module.hpp"
#include "pycore/memory.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore {

/// How CPython gives up.
enum class FatalFunction : std::uint8_t {
    error,      ///< Py_FatalError(message)
    named,      ///< _Py_FatalErrorFunc(function, message)
    formatted,  ///< _Py_FatalErrorFormat(function, format, ...)
    refcount,   ///< _Py_FatalRefcountErrorFunc(function, message)
    assertion   ///< _PyObject_AssertFailed(object, expression, message, file, line, function)
};

/// One of them on a stack.
struct FatalCall {
    FatalFunction kind = FatalFunction::error;
    std::size_t frame = 0;         ///< index in the stack
    std::optional<Address> start;  ///< absent: the frame is only a part of the function
};

/// The first few of `stack`, in the order they were called.
std::vector<FatalCall> find_fatal_calls(const NativeStack& stack,
                                        const Memory& memory,
                                        std::span<const Module> modules,
                                        NativeSymbols& symbols);

}  // namespace pycore
