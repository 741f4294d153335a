#pragma once

#include <string>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/python_version.hpp"
#include "python/find_runtime.hpp"
#include "python/layout.hpp"

namespace pycore {

/// Which CPython a runtime is, by its own data.
struct PythonIdentity {
    PythonVersion version;
    std::string text;  ///< first word of `sys.version`: "3.13.5", "3.12.1+"
    Flavour flavour;
    bool exact = false;  ///< false: only the minor version is known, micro and flavour are guesses
};

/// Reads version and flavour from `_Py_DebugOffsets` and from the `sys` module of the main
/// interpreter. Needs no ELF file: `Py_Version` lies in pages that kernels do not save.
PythonIdentity identify_python(const Memory& memory,
                               const RuntimeCandidate& runtime,
                               const Limits& limits);

}  // namespace pycore
