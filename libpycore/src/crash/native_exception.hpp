#pragma once

#include <optional>
#include <span>

#include "memory/module.hpp"
#include "pycore/core_file.hpp"
#include "pycore/crash.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore {

/// The C++ exception that `std::terminate` was called for: the one that libstdc++ itself names.
/// Nothing where it was called without an exception, and where `stack`, which is of `thread`, does
/// not lead through it. x86-64 with glibc and libstdc++'s ELF file only.
std::optional<NativeException> read_native_exception(const ThreadRegisters& thread,
                                                     const NativeStack& stack,
                                                     const Memory& memory,
                                                     std::span<const Module> modules,
                                                     NativeSymbols& symbols,
                                                     const Limits& limits);

}  // namespace pycore
