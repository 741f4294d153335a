#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analysis/module_roles.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Where a thread died, in the order of its stack. All point into the snapshot; null where there
/// is none.
struct CrashSite {
    const Thread* thread = nullptr;
    std::size_t begin = 0;  ///< in the stack: what is further in ran in a signal handler
    std::size_t end = 0;    ///< the first Python frame, or the end of the stack

    const NativeCall* innermost = nullptr;  ///< that died
    /// The first one that is no part of dying: of how `abort`, `assert`, `throw` and
    /// `Py_FatalError` raise a signal. Of a jump to nowhere the one that called; else the same as
    /// `innermost`.
    const NativeCall* culprit = nullptr;
    /// The first one whose module is neither CPython's nor a system library, up to the start of
    /// the thread's stack; inside of `python` or not.
    const NativeCall* foreign = nullptr;
    bool foreign_is_near = false;         ///< `foreign` is further in than `python`
    const PythonFrame* python = nullptr;  ///< the innermost that was running
};

/// Nothing when no thread crashed.
std::optional<CrashSite> find_crash_site(const Snapshot& snapshot, const ModuleRoles& roles);

/// Found by a scan or a frame pointer: it may not have been called by the frame before it.
[[nodiscard]] bool is_guess(const NativeCall& call) noexcept;

/// "decode_row", else "_codec.so+0x12a0", else "0x7f10".
std::string name_of_call(const Snapshot& snapshot, const NativeCall& call);

/// The file name of its module: "_codec.so"; empty without one.
std::string module_name(const Snapshot& snapshot, const NativeCall& call);

}  // namespace pycore
