#pragma once

#include <set>
#include <string>

#include "waits/python_objects.hpp"

namespace pycore {

/// `sys.stdlib_module_names`; empty where it cannot be read.
std::set<std::string> read_standard_modules(PythonObjects& objects);

}  // namespace pycore
