#pragma once

#include <optional>

#include "pycore/diagnosis.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// What killed the process, from what the snapshot holds; nothing when nothing did.
[[nodiscard]] std::optional<Diagnosis> diagnose(const Snapshot& snapshot);

}  // namespace pycore
