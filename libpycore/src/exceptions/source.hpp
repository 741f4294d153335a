#pragma once

#include <cstddef>

#include "base/budget.hpp"
#include "exceptions/text_method.hpp"
#include "frames/code_cache.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"
#include "values/value_printer.hpp"

namespace pycore {

/// The interpreter that exceptions are read from.
struct ExceptionSource {
    const Memory& memory;
    const Layout& layout;
    const Limits& limits;
    Budget& budget;
    CodeCache& codes;
    KnownTypes& types;
    TextMethods& methods;
    ValuePrinter& values;
};

}  // namespace pycore
