#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pycore/wait.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// The part of a thread's stack that it runs, without a signal handler's: innermost first.
std::span<const StackFrame> running_frames(const Thread& thread, const ThreadContext& context);

/// The names of the C functions between the innermost frame and Python, those that are known, up to
/// the first frame that is only guessed; without underscores before them, so that an alias is its
/// function. Empty where no symbol tells.
std::vector<std::string_view> native_functions(std::span<const StackFrame> frames);

/// Whether CPython itself, and no extension, called the library that the innermost of `frames` is
/// in.
bool python_called(const WaitInput& input, std::span<const StackFrame> frames);

/// Whether this module is CPython.
bool is_python(const WaitInput& input, std::size_t module);

/// A function of the C library that waits, and for what.
struct WaitFunction {
    std::string_view name;  ///< as programs call it
    ResourceKind kind = ResourceKind::futex;
};

/// The innermost of `functions` that is one.
std::optional<WaitFunction> find_wait_function(std::span<const std::string_view> functions);

/// The number of the system call that the innermost of `functions` is known to be for.
std::optional<std::uint32_t> find_system_call_of(std::span<const std::string_view> functions);

}  // namespace pycore
