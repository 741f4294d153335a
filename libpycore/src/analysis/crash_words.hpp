#pragma once

#include <string>

#include "analysis/crash_site.hpp"
#include "pycore/diagnosis.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// What the process did wrong, as the beginning of a sentence: "memcpy() wrote to 0x10 (NULL plus
/// 16, through rdi)". `site` may be empty.
std::string what_happened(const Snapshot& snapshot, CrashKind kind, const CrashSite& site);

}  // namespace pycore
