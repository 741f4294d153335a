#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pycore/address.hpp"

namespace pycore {

/// An object of the process as text. All text is valid UTF-8.
struct Value {
    std::string type;        ///< "int", "app.Order"; empty where it is not known
    std::string text;        ///< as Python's `repr()` prints it
    Address address;         ///< of the object
    bool truncated = false;  ///< a limit cut the text, or the attributes
    bool redacted = false;   ///< a secret was taken out of the text, or of an attribute
    bool corrupt = false;    ///< in the text is an object that cannot be one: `<corrupt: ...>`
};

/// One attribute of an object whose `repr()` does not tell what it holds.
struct Attribute {
    std::string name;
    Value value;
};

enum class VariableKind : std::uint8_t { argument, local, cell, free, global };

enum class ArgumentKind : std::uint8_t {
    positional_only,
    positional_or_keyword,
    var_positional,
    keyword_only,
    var_keyword
};

/// A name in a frame and what it is bound to.
struct Variable {
    std::string name;
    VariableKind kind = VariableKind::local;
    std::optional<ArgumentKind> argument;  ///< of arguments, also of those a closure shares
    bool bound = true;                     ///< false: the name has no value (yet, or any more)
    Value value;                           ///< empty when not bound
    std::vector<Attribute> attributes;     ///< of the value, where its text does not tell them
};

/// The names of one frame that were read.
struct FrameVariables {
    std::vector<Variable> locals;   ///< in the order of the code object
    std::vector<Variable> globals;  ///< of the module; only where they were asked for
    bool complete = true;           ///< false: a limit or a fault left some out
};

}  // namespace pycore
