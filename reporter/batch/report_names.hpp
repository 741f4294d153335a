#pragma once

#include <functional>
#include <string>
#include <vector>

#include "batch/find_cores.hpp"
#include "batch/index.hpp"

namespace pycore {

/// For each core, in their order, what the names of its reports start with. Cores of one name get a
/// hash of their path; a core that has reports keeps its name, whatever others there are.
[[nodiscard]] std::vector<std::string> choose_stems(const std::vector<FoundCore>& cores,
                                                    const BatchIndex& known);

}  // namespace pycore
