#pragma once

#include <optional>

#include "exceptions/raised_value.hpp"
#include "exceptions/source.hpp"
#include "pycore/exception.hpp"

namespace pycore {

/// The exception with its causes, contexts and members. `traceback` stands for its own where 3.11
/// keeps one apart. An object that is reached twice is described where Python prints it, but the
/// members of a group each time.
Exception read_exception_tree(ExceptionSource& source,
                              const RaisedValue& root,
                              std::optional<Address> traceback);

}  // namespace pycore
