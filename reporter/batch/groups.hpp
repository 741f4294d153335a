#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "batch/entry.hpp"

namespace pycore {

/// Crashes that are one bug, by their signature; where there is none, by kind and summary.
struct CrashGroup {
    std::string title;
    std::string id;                          ///< of the signature; empty: it has none
    std::vector<const BatchEntry*> entries;  ///< newest first
    std::int64_t first = 0;                  ///< microseconds since 1970
    std::int64_t last = 0;
    std::vector<std::string> python_versions;  ///< each once, sorted
    std::vector<std::string> hosts;
};

/// The groups by their newest crash, newest first; `entries` are in the order of the index. Cores
/// without a report are in none.
[[nodiscard]] std::vector<CrashGroup> group_crashes(const std::vector<BatchEntry>& entries);

}  // namespace pycore
