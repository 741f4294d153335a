#pragma once

#include <string_view>
#include <vector>

#include "analysis/check.hpp"

namespace pycore {

/// What is said of each deadlock that a check is for.
struct DeadlockWords {
    std::string_view id;
    std::string_view title;   ///< after the number of threads; all of it for a deadlock of one
    std::string_view detail;  ///< what it means and what to do next
};

/// Adds a hint for each deadlock whose hint has this id: each has exactly one.
void add_deadlock_hints(const Findings& findings,
                        const DeadlockWords& words,
                        std::vector<Hint>& hints);

}  // namespace pycore
