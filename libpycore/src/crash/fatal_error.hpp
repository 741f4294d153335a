#pragma once

#include <optional>
#include <span>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/core_file.hpp"
#include "pycore/crash.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/native_symbols.hpp"
#include "unwind/unwinder.hpp"

namespace pycore {

/// What CPython said before it gave up, when `stack`, which is of `thread`, leads through one of
/// the functions by which it does. CPython keeps that text nowhere: it is found where those
/// functions keep what they were called with. Without that, and on other machines than x86-64,
/// function and message stay empty.
std::optional<FatalPythonError> read_fatal_error(const ThreadRegisters& thread,
                                                 const NativeStack& stack,
                                                 const Memory& memory,
                                                 std::span<const Module> modules,
                                                 Unwinder& unwinder,
                                                 NativeSymbols& symbols,
                                                 const Limits& limits,
                                                 Deadline& deadline);

}  // namespace pycore
