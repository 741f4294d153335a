#pragma once

#include <span>
#include <vector>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/analyze.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// The modules as a report has them, in their order. When the time is over, the rest is told
/// without what it takes reading to know: whether Python imported them, and from which package.
std::vector<ModuleDescription> describe_modules(std::span<const Module> modules,
                                                const Memory& memory,
                                                const FileSearch& search,
                                                Deadline& deadline);

}  // namespace pycore
