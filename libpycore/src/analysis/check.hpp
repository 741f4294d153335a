#pragma once

#include <span>
#include <vector>

#include "pycore/hint.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// What a check works on.
struct Findings {
    const Snapshot& snapshot;
    std::span<const Deadlock> deadlocks;
};

/// One check: a pure function that adds a hint where it finds something. Each is a file of
/// `checks/`, which names its object after itself.
struct Check {
    void (*run)(const Findings& findings, std::vector<Hint>& hints) = nullptr;
};

/// One for each file in `checks/`: written by the build.
std::span<const Check* const> all_checks();

/// What all checks find, the worst and surest first.
[[nodiscard]] std::vector<Hint> find_hints(const Findings& findings);

}  // namespace pycore
