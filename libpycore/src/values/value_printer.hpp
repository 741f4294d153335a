#pragma once

#include <string>
#include <vector>

#include "base/budget.hpp"
#include "frames/code_cache.hpp"
#include "privacy/secret_filter.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/value.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"

namespace pycore {

/// An object, and what its `repr()` does not tell.
struct PrintedObject {
    Value value;
    std::vector<Attribute> attributes;
};

/// `repr()` without running Python: exact for the builtin types and what inherits their `repr`.
/// Anything else is `<module.Class object at 0x...>`, as `object.__repr__` has it. What cannot be
/// is `<corrupt: reason at 0x...>`; what the core does not hold is `<not saved at 0x...>`. A
/// container inside itself is "[...]" as in Python; a limit writes the same and sets `truncated`.
class ValuePrinter {
public:
    /// `interpreter` is a `PyInterpreterState`. All outlive this object. Every value pays with
    /// places of hash tables from `budget`; at its deadline all that is left prints as "...".
    ValuePrinter(const Memory& memory,
                 const Layout& layout,
                 Address interpreter,
                 const Limits& limits,
                 Budget& budget,
                 SecretFilter* secrets = nullptr);

    /// The object at `at`: a plain pointer, without tag bits.
    [[nodiscard]] Value print(Address at);

    /// The same, and the attributes that the text does not tell: of the `__slots__` and the
    /// `__dict__` of the object, each as text of its own, together within the limits of one value;
    /// of a generator its state and line.
    [[nodiscard]] PrintedObject print_with_attributes(Address at);

    /// "int", "collections.deque", as in `Value::type`; empty where it is not known.
    [[nodiscard]] std::string type_name(Address type);

private:
    void add_attributes(PrintedObject& object, Limits limits);
    [[nodiscard]] Value print_within(Address at, const Limits& limits);

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Budget& budget_;
    SecretFilter* secrets_;
    KnownTypes types_;
    CodeCache codes_;  ///< of generators
};

}  // namespace pycore
