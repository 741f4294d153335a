#pragma once

#include <string>

#include "analysis/crash_site.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

// What `what_happened` says of each kind of crash, of which the snapshot has one.

std::string null_dereference(const Snapshot& snapshot, const CrashSite& site);
std::string null_call(const Snapshot& snapshot, const CrashSite& site);
std::string bad_address(const Snapshot& snapshot, const CrashSite& site);
std::string protection(const Snapshot& snapshot, const CrashSite& site);
std::string bus_error(const Snapshot& snapshot, const CrashSite& site);

/// "stack overflow: endless recursion of walk, visit (21840 rounds)"
std::string stack_overflow(const Snapshot& snapshot, const CrashSite& site);

/// Needs an abort message that is one.
std::string assertion(const Snapshot& snapshot);
/// Needs an abort message.
std::string corrupted_heap(const Snapshot& snapshot, const CrashSite& site);
std::string fatal_error(const Snapshot& snapshot);
std::string given_up(const Snapshot& snapshot, const CrashSite& site);

/// "memcpy() in libc.so.6", "libfoo.so+0x12a0", "the process" for null.
std::string who(const Snapshot& snapshot, const NativeCall* call);

}  // namespace pycore
