#pragma once

#include <string_view>

#include "pycore/report.hpp"

namespace pycore::test {

/// Compares who waits for whom with what the author of the scenario wrote in waits_check.cpp. In
/// all other scenarios there is no deadlock.
void check_waits(const Report& report, std::string_view scenario);

}  // namespace pycore::test
