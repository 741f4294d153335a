#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pycore/snapshot.hpp"

namespace pycore {

/// "with-block", "acquire-call".
std::string_view name_of(OwnerEvidence how) noexcept;

/// "held", "waiting".
std::string_view name_of(GilState state) noexcept;

/// "running", "waiting for lock", "in system call"; nothing where it is not known.
std::optional<std::string> state_of(const Thread& thread, const Snapshot& snapshot);

}  // namespace pycore
