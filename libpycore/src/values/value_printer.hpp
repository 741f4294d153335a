#pragma once

#include <cstddef>
#include <string>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"

namespace pycore {

/// How much of one value is printed. What is cut off is "..." in its text.
struct ValueLimits {
    std::size_t max_depth = 6;         ///< containers within each other, at most 64
    std::size_t max_items = 100;       ///< of one container
    std::size_t max_text = 4096;       ///< characters of one str, bytes of one bytes object
    std::size_t max_bytes = 64 << 10;  ///< of the whole text, and a little more to close it
    std::size_t max_int_digits = 480;  ///< of 30 bits: above what `str(int)` does by default
    std::size_t max_slots = 1 << 20;   ///< places of hash tables to look at, used or not
};

struct PrintedValue {
    std::string type;        ///< "int", "app.Order"; empty where it is not known
    std::string text;        ///< as `repr()`; valid UTF-8
    bool truncated = false;  ///< a limit cut it
};

/// `repr()` without running Python: exact for the builtin types and what inherits their `repr`.
/// Anything else is `<module.Class object at 0x...>`, as `object.__repr__` has it. What cannot be
/// is `<corrupt: reason at 0x...>`; what the core does not hold is `<not saved at 0x...>`. A
/// container inside itself is "[...]" as in Python; a limit writes the same and sets `truncated`.
class ValuePrinter {
public:
    /// `interpreter` is a `PyInterpreterState`. All outlive this object.
    ValuePrinter(const Memory& memory,
                 const Layout& layout,
                 Address interpreter,
                 const Limits& limits,
                 const ValueLimits& value_limits = {});

    /// The object at `at`: a plain pointer, without tag bits.
    [[nodiscard]] PrintedValue print(Address at);

private:
    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    ValueLimits value_limits_;
    KnownTypes types_;
};

}  // namespace pycore
