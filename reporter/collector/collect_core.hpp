#pragma once

#include <string>
#include <vector>

#include "batch/entry.hpp"
#include "batch/find_cores.hpp"
#include "batch/request.hpp"

namespace pycore {

/// What came of one core. Nothing in it can be trusted to be true, for it was made from a core, but
/// it is of bounded size, and text in `entry` is printable.
struct CollectedCore {
    BatchEntry entry;                  ///< `error` says why there is no report of the core
    std::vector<std::string> reports;  ///< complete, in the order of the formats; or none
    bool no_core = false;              ///< a compressed file that holds something else
};

/// What a collector asks for: no source files, no values, the limits of the settings.
[[nodiscard]] BatchRequest make_collector_request(const CollectorSettings& settings,
                                                  std::vector<const Format*> formats);

/// Reads the core, whose file or pipe `descriptor` is, in the sandbox. `request.collector` is set,
/// and `known` is what is known of it without. However the sandbox ends there are reports, if only
/// such that say so: except for what is no core, cannot be read, or is a core of ours.
[[nodiscard]] CollectedCore collect_core(const FoundCore& found,
                                         int descriptor,
                                         const BatchRequest& request,
                                         const BatchEntry& known);

/// Says on standard error what the sandbox has to do without on this machine.
void tell_what_sandbox_lacks(const CollectorSettings& settings);

/// Gives up what this process can do without once the core is open, if it is not root.
void give_up_reading_rights();

}  // namespace pycore
