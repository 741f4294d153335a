#pragma once

#include <cstddef>

#include "pycore/report.hpp"

namespace pycore {

/// Objects and arrays within each other, in the JSON of a report that a collector writes: parsers
/// of others have limits too.
inline constexpr std::size_t max_json_nesting = 32;

/// Cuts chains and groups of exceptions where their JSON would nest deeper than that; what they
/// were cut from says that it is not complete. Nothing else of a report is as deep.
void limit_nesting(Report& report);

}  // namespace pycore
