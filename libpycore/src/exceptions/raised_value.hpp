#pragma once

#include <cstdint>
#include <vector>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// An exception, or what one will be made of: 3.11 keeps one that C raised as a class and a value
/// until somebody looks at it.
struct RaisedValue {
    Address type;
    Address object;                  ///< the exception; null where there is none yet
    std::vector<Address> arguments;  ///< the first of `args`
    std::uint64_t argument_count = 0;
    Address arguments_tuple;  ///< null where there is none
};

/// The exception at `at`. `bad_format` when the object is none.
Result<RaisedValue> read_exception_value(const Memory& memory, const Layout& layout, Address at);

/// What `type(value)` would be, as CPython makes exceptions of them: a tuple holds the arguments,
/// None stands for no argument, and an exception is itself.
Result<RaisedValue> read_raised_pair(
    const Memory& memory, const Layout& layout, Address type, Address value, bool value_is_none);

}  // namespace pycore
