#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "memory/module.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// What `throw` was given.
struct ThrownObject {
    Address object;
    Address type;  ///< its `std::type_info`
};

/// The address of a symbol that `module` defines.
std::optional<Address> find_defined_symbol(const Module& module, std::string_view name);

/// Of the exception whose libstdc++ header is at `header`.
std::optional<ThrownObject> read_thrown_object(const Memory& memory, Address header);

/// The name of the type, demangled. Empty when it cannot be read.
std::string read_type_name(const Memory& memory, Address type);

/// What `what()` returns, if it is the one that `std::runtime_error` and `std::logic_error` of
/// `library` give to the types derived from them: those begin with a virtual table and the pointer
/// to their text. Otherwise empty.
std::string read_what(const Memory& memory,
                      const Module& library,
                      const ThrownObject& thrown,
                      const Limits& limits);

}  // namespace pycore
