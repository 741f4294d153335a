#pragma once

#include <vector>

#include "batch/find_cores.hpp"
#include "batch/index.hpp"
#include "batch/output_folder.hpp"
#include "batch/request.hpp"
#include "batch/worker.hpp"

namespace pycore {

/// What a batch has to do.
struct BatchPlan {
    std::vector<BatchJob> jobs;      ///< cores to read, which point into the search
    std::vector<BatchEntry> kept;    ///< of the old index: they need no work
    std::vector<BatchEntry> behind;  ///< of the old index, for cores that are to be read again
};

/// An entry is kept where its core is as it was and its reports are there. One whose core is gone
/// stays as long as its reports do.
[[nodiscard]] BatchPlan make_plan(const CoreSearch& search,
                                  const BatchIndex& known,
                                  const OutputFolder& folder,
                                  const BatchRequest& request);

}  // namespace pycore
