#pragma once

#include <string>

#include "pycore/analyze.hpp"
#include "pycore/core_file.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Reads all that format 1 reports from the core: bytes end here, everything after works on the
/// snapshot.
Snapshot collect_snapshot(const CoreFile& core, const std::string& path, const Options& options);

}  // namespace pycore
