#pragma once

#include <memory>

#include "exceptions/message.hpp"
#include "pycore/exception.hpp"

namespace pycore {

/// The members of a `SyntaxError`, or what they would be made of; null where the type is another.
std::shared_ptr<const SyntaxErrorPlace> read_syntax_place(ExceptionSource& source,
                                                          const RaisedValue& raised);

}  // namespace pycore
