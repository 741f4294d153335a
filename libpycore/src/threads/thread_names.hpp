#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/budget.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// Names of the threads that `threading` of this interpreter knows, by ident. Empty when the
/// process never imported it; a thread whose name cannot be read is left out. Takes what it reads
/// from `budget`.
std::map<std::uint64_t, std::string> read_thread_names(const Memory& memory,
                                                       const Layout& layout,
                                                       Address interpreter,
                                                       const Limits& limits,
                                                       Budget& budget);

}  // namespace pycore
