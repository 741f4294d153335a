#pragma once

#include <string>

#include "analysis/wait_circles.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// The word for `Deadlock::kind`.
std::string kind_of(const Circle& circle, const Snapshot& snapshot);

/// The sentence for `Deadlock::summary`.
std::string summarize(const Circle& circle, const Snapshot& snapshot, bool certain);

}  // namespace pycore
