#pragma once

#include <optional>
#include <vector>

#include "pycore/diagnosis.hpp"
#include "pycore/signature.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Nothing where no thread was read. To be called before limits of the report cut the snapshot.
[[nodiscard]] std::optional<Signature> make_signature(const Snapshot& snapshot,
                                                      const std::optional<Diagnosis>& diagnosis,
                                                      const std::vector<Deadlock>& deadlocks);

}  // namespace pycore
