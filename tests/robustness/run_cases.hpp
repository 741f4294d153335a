#pragma once

#include <chrono>
#include <cstddef>
#include <span>

#include "mutations.hpp"

namespace pycore::robustness {

struct RunOptions {
    std::size_t jobs = 1;
    std::chrono::seconds cpu_limit{30};    ///< of one case
    std::chrono::seconds wall_limit{300};  ///< of one case
};

/// Tries every case and prints what came of them. True when none crashed, hung or went wrong.
[[nodiscard]] bool run_cases(std::span<const std::byte> pristine,
                             std::span<const Case> cases,
                             const RunOptions& options);

}  // namespace pycore::robustness
