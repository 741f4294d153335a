#pragma once

#include <string>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// Tells Python objects from other memory, by the types of one interpreter.
class PythonTypes {
public:
    /// `interpreter` is a `PyInterpreterState`. All outlive this object.
    PythonTypes(const Memory& memory,
                const Layout& layout,
                Address interpreter,
                const Limits& limits);

    /// The name of the type of the object at `at`: "int", "collections.deque". Empty where there is
    /// no living object, and for a static type whose name is neither readable nor a builtin.
    [[nodiscard]] std::string type_name(Address at) const;

private:
    [[nodiscard]] bool is_type(Address at) const;
    [[nodiscard]] std::string static_name(Address type) const;
    [[nodiscard]] std::string builtin_name(Address type) const;

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Address type_;  ///< `type`, whose type is itself; null when it was not found
    Address builtins_;
};

}  // namespace pycore
