#pragma once

#include <span>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/analyze.hpp"
#include "pycore/memory.hpp"
#include "threads/python_process.hpp"

namespace pycore {

/// Tells of each interpreter how many modules it imported, and which, where that is asked for.
void add_python_modules(PythonProcess& python,
                        const Memory& memory,
                        std::span<const Module> modules,
                        const Options& options,
                        Deadline& deadline);

}  // namespace pycore
