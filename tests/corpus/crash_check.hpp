#pragma once

#include "corpus/expected.hpp"
#include "pycore/report.hpp"

namespace pycore::test {

/// Compares the diagnosis with what the process was made to die of. The files of the code that
/// died must be at hand.
void check_crash(const Report& report, const ExpectedCrash& expected);

}  // namespace pycore::test
