#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "pycore/wait.hpp"

namespace pycore {

/// A function of the standard library that waits for its caller: the line of the program that
/// waits is further out.
struct WaitingFunction {
    std::string_view module;    ///< "threading"; "multiprocessing.*" with all modules in it
    std::string_view function;  ///< qualified name; "*": every one
    /// This row counts only when what the functions further in wait for is this: a local variable
    /// ("waiter"), or an attribute of `object` ("._cond"). Empty: whatever that is.
    std::string_view waits_for = {};
    /// What it is to the caller, which knows it as `object`, a local variable; nothing: no more
    /// than what it was.
    std::optional<ResourceKind> kind = {};
    std::string_view object = "self";
    std::string_view evidence = {};
    bool idle = false;  ///< see `Wait::idle`
    bool ends = false;  ///< it runs the program's code, or is all that its thread does
};

/// The rows for one function, in the order in which they count; nothing for one that only the
/// program can have.
[[nodiscard]] std::span<const WaitingFunction> waiting_functions() noexcept;

/// Whether the row is about this function.
[[nodiscard]] bool is_about(const WaitingFunction& row,
                            std::string_view module,
                            std::string_view function) noexcept;

}  // namespace pycore
