#pragma once

#include <optional>
#include <span>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/address_space.hpp"
#include "pycore/core_file.hpp"
#include "pycore/crash.hpp"
#include "pycore/limits.hpp"
#include "pycore/native_frame.hpp"
#include "python/layout.hpp"
#include "unwind/native_symbols.hpp"
#include "unwind/unwinder.hpp"

namespace pycore {

/// What the facts of a crash are read from.
struct CrashSources {
    const CoreFile& core;
    const AddressSpace& memory;
    std::span<const Module> modules;
    Unwinder& unwinder;
    NativeSymbols& symbols;
    const Layout* layout = nullptr;  ///< of the process's CPython; null: none was decoded
    Address interpreter;             ///< a `PyInterpreterState` with that layout
    const Limits& limits;
    Deadline& deadline;
};

/// What killed the process; nothing for a core of a living one. `stack` has the physical frames of
/// the thread that took the signal.
std::optional<Crash> read_crash(const CrashSources& from, const NativeStack& stack);

}  // namespace pycore
