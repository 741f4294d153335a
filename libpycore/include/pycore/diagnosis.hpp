#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pycore {

/// What killed a process, in one word.
enum class CrashKind : std::uint8_t {
    null_dereference,    ///< read or write at NULL or a little beyond
    null_call,           ///< call or jump to NULL or a little beyond
    bad_address,         ///< access or jump to where nothing is mapped
    protection,          ///< access that the mapping does not permit
    stack_overflow,      ///< the stack grew into its guard
    abort,               ///< abort(), std::terminate() and what has no kind of its own
    fatal_python_error,  ///< Py_FatalError()
    assertion,           ///< assert() of C
    heap_corruption,     ///< glibc's malloc found its data spoiled
    illegal_instruction,
    arithmetic,       ///< division by zero and the like
    bus_error,        ///< misaligned, or beyond the end of a mapped file
    external_signal,  ///< sent by kill, from another process or by itself
    unknown
};

/// The name reports use: "null-dereference".
[[nodiscard]] std::string_view name_of(CrashKind kind) noexcept;

/// The answer that a report starts with.
struct Diagnosis {
    CrashKind kind = CrashKind::unknown;
    std::string summary;  ///< one sentence that a person can act on; valid UTF-8
};

}  // namespace pycore
