#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "batch/find_cores.hpp"
#include "batch/origin.hpp"
#include "pycore/report.hpp"

namespace pycore {

/// The parts of a signature that an index has.
struct EntrySignature {
    std::string id;
    std::string coarse_id;
    std::string text;
};

/// What the index tells of one core. All text is printable, and of bounded length.
struct BatchEntry {
    std::string path;
    std::string name;
    std::uint64_t size = 0;     ///< of the file as it lies there
    std::int64_t modified = 0;  ///< nanoseconds since 1970
    CrashOrigin origin;
    std::string status;  ///< of the report; "error" also where there is no report
    std::int32_t exit_status = 0;
    std::optional<std::string> kind;
    std::optional<std::string> signal;
    std::string summary;
    std::optional<EntrySignature> signature;
    std::optional<std::string> python_version;
    std::optional<std::string> command;
    std::optional<std::string> executable;
    std::optional<std::int32_t> pid;
    std::vector<std::string> reports;  ///< names of files in the output folder
    std::uint64_t deadlocks = 0;
    std::uint64_t warnings = 0;
    std::vector<std::string> limits;   ///< those that cut something, by the names of their options
    std::optional<std::string> error;  ///< why there is no report
    std::string tool_version;
    std::string options_key;
};

/// All that is known of a core before it is read.
[[nodiscard]] BatchEntry make_entry(const FoundCore& core,
                                    const CrashOrigin& origin,
                                    const std::string& options_key);

/// Adds what the report says.
void add_report(BatchEntry& entry, const Report& report);

/// Says why there is no report.
void add_error(BatchEntry& entry, const std::string& error, int exit_status);

/// Whether the entry is of the file as it is now, by the same tool with the same options. One that
/// could not be read never is: to look again costs nothing, and its permissions may have changed.
[[nodiscard]] bool is_current(const BatchEntry& entry,
                              const FoundCore& core,
                              const std::string& options_key);

}  // namespace pycore
