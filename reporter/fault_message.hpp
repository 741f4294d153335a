#pragma once

#include <string>

#include "pycore/fault.hpp"

namespace pycore {

/// Why there is no report, for a person: which file, what is wrong with it, what to do. One line.
[[nodiscard]] std::string fault_message(const std::string& core, const Fault& fault);

/// The exit status for it.
[[nodiscard]] int exit_status_of(const Fault& fault) noexcept;

/// "pycore-report: MESSAGE" on standard error.
void print_error(const std::string& message);

}  // namespace pycore
