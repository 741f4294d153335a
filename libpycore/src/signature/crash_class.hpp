#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pycore/diagnosis.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// How a process ended, as far as it makes the bug.
struct CrashClass {
    std::string name;     ///< "SIGSEGV/null"
    std::string base;     ///< "SIGSEGV": what is known of it without any ELF file
    std::string message;  ///< what it said, or the type of what it threw; may be empty
    bool hang = false;    ///< it did not die by itself: where it was is one moment of many
};

/// A process that lives, or that another one ended, hangs: in a deadlock, where it has one.
[[nodiscard]] CrashClass classify_for_signature(const Snapshot& snapshot,
                                                const std::optional<Diagnosis>& diagnosis,
                                                const std::vector<Deadlock>& deadlocks);

}  // namespace pycore
