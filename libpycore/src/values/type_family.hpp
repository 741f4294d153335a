#pragma once

#include <span>
#include <string_view>

#include "pycore/address.hpp"
#include "pycore/result.hpp"

namespace pycore {

class ValueWriter;

/// Writes the value at `at`, of this type; a fault when nothing of it could be read.
using WriteValue = Result<void> (*)(ValueWriter& writer, Address at, Address type);

/// One `repr` of Python that is known here, by the name of what defines it.
struct Printing {
    std::string_view module;
    std::string_view name;
    WriteValue write = nullptr;
    bool tells_attributes = false;  ///< or they are nothing but how it works
    bool is_generator = false;
};

/// Types that print alike, a file of `types/` each.
struct TypeFamily {
    /// Written in C: by the name of the class.
    std::span<const Printing> types = {};
    /// `__repr__` written in Python: by its module and the qualified name of its code.
    std::span<const Printing> functions = {};
};

/// The one of that name among the `types` or the `functions` of all families, or null.
const Printing* find_printing(std::span<const Printing> TypeFamily::*table,
                              std::string_view module,
                              std::string_view name);

/// All files of `types/`: written by the build.
std::span<const TypeFamily* const> all_type_families();

}  // namespace pycore
