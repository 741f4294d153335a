#pragma once

#include <string>
#include <vector>

#include "pycore/value.hpp"

namespace pycore {

/// A JSON array of variables, as `locals` and `globals` of a frame.
void append_variables(std::string& out, const std::vector<Variable>& variables);

/// The members of a value, `"type": ..., "value": ...`, without braces.
void append_value(std::string& out, const Value& value);

}  // namespace pycore
