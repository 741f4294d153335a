#pragma once

#include "options.hpp"

namespace pycore {

/// Analyses the core and writes the reports. Returns the exit status; what went wrong is on
/// standard error by then. Throws what the library throws.
[[nodiscard]] int run(const CommandLine& line);

/// Writes `text` to standard output.
[[nodiscard]] int print_notice(const std::string& text);

}  // namespace pycore
