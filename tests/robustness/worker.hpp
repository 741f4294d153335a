#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "check_case.hpp"
#include "mutations.hpp"

namespace pycore::robustness {

/// What a worker process tells its parent, in memory that both share and that outlives it.
struct Progress {
    std::atomic<std::size_t> current{0};  ///< index of the case being tried
    std::atomic<std::uint64_t> slowest_us{0};
    std::atomic<std::size_t> slowest_case{0};
    std::array<std::atomic<std::size_t>, 5> outcomes{};  ///< by `Outcome`
};

/// Tries the cases `first`, `first + step`, ... in a child process, which is returned: a crash or
/// a hang ends the child alone, and `progress` says which case it was.
[[nodiscard]] pid_t start_worker(std::span<const std::byte> pristine,
                                 std::span<const Case> cases,
                                 std::size_t first,
                                 std::size_t step,
                                 Progress& progress);

}  // namespace pycore::robustness
