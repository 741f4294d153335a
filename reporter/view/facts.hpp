#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pycore/report.hpp"

namespace pycore {

// What happened to which process, in words. Not printable yet.

/// "Python process 6185 (python3.14) was killed by SIGSEGV".
std::string headline(const Snapshot& snapshot);

/// One thing to know, below the headline.
struct Fact {
    std::string_view name;  ///< ours: "signal", "thread", "python", "command", "core"
    std::string value;
};

/// In the order that a reader wants them.
std::vector<Fact> facts(const Report& report);

/// Of `threads`; null where none crashed.
const Thread* find_crashed(const Snapshot& snapshot);

/// "Crashed thread 6196 "worker-3"", "Thread 12 "pool-1", interpreter 2".
std::string thread_heading(const Snapshot& snapshot, const Thread& thread);

/// False for a thread that CPython does not know.
bool is_known_to_python(const Snapshot& snapshot, const Thread& thread);

}  // namespace pycore
