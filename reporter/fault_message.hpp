#pragma once

#include <string>

#include "pycore/fault.hpp"
#include "pycore/report.hpp"

namespace pycore {

/// Why there is no report, for a person: which file, what is wrong with it, what to do. One line.
[[nodiscard]] std::string fault_message(const std::string& core, const Fault& fault);

/// The exit status for it.
[[nodiscard]] int exit_status_of(const Fault& fault) noexcept;

/// The exit status for a report that was written.
[[nodiscard]] int exit_status_of(const Report& report) noexcept;

/// "pycore-report: MESSAGE" on standard error.
void print_error(const std::string& message);

}  // namespace pycore
