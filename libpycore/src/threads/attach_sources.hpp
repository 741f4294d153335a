#pragma once

#include <span>
#include <vector>

#include "base/budget.hpp"
#include "pycore/analyze.hpp"
#include "pycore/memory.hpp"
#include "pycore/snapshot.hpp"
#include "threads/gap_list.hpp"
#include "threads/python_process.hpp"

namespace pycore {

/// Gives the Python frames of all threads, and the tracebacks of their exceptions, their lines of
/// source, where these are found.
void attach_sources(std::span<Thread> threads,
                    const Memory& memory,
                    const PythonProcess& python,
                    const Options& options,
                    Budget& budget,
                    std::vector<LimitHit>& hits,
                    GapList& gaps);

}  // namespace pycore
