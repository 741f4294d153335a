#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// What systemd-coredump noted at a core's file. Text of other programs, printable and bounded.
struct CoreMetadata {
    std::optional<std::string> pid;
    std::optional<std::string> uid;
    std::optional<std::string> signal;
    std::optional<std::string> timestamp;
    std::optional<std::string> command;
    std::optional<std::string> executable;
    bool forgeable = false;  ///< someone else than root and us may have written to the file
};

[[nodiscard]] CoreMetadata read_metadata(int core);

/// Where it is not what the core itself says: remarks for its report.
[[nodiscard]] std::vector<Gap> find_mismatches(const CoreMetadata& metadata,
                                               const Snapshot& snapshot);

/// Whether a command is ours: a report on it could crash in the same way, and so on.
[[nodiscard]] bool is_own_command(const std::string& command);

}  // namespace pycore
