#pragma once

#include <vector>

#include "base/budget.hpp"
#include "privacy/secret_filter.hpp"
#include "pycore/analyze.hpp"
#include "pycore/memory.hpp"
#include "pycore/snapshot.hpp"
#include "threads/python_process.hpp"

namespace pycore {

/// Fills the variables of the Python frames that `options` ask for, thread by thread, so that what
/// the budget has no room for is missing from the last ones.
void read_variables(std::vector<Thread>& threads,
                    const PythonProcess& python,
                    const Memory& memory,
                    const Options& options,
                    Budget& budget,
                    SecretFilter& filter,
                    std::vector<LimitHit>& hits);

}  // namespace pycore
