#pragma once

#include "memory/module.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// Whether Python's `import` loaded `module`: its file is named like an extension module and
/// defines PyInit_<name>. Where its symbols cannot be read the name decides, and that of a plain
/// `NAME.so` only in a folder for extension modules.
bool is_python_extension(const Module& module, const Memory& memory);

}  // namespace pycore
