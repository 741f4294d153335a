#pragma once

#include <string>
#include <vector>

#include "pycore/report.hpp"

namespace pycore {

// What is missing from a report, or doubtful, in words. Not printable yet.

/// "frame-unreadable: the frame chain ends early (thread 12 at 0x7f10)". What was lost comes first:
/// the rest only says that something is unusual.
std::vector<std::string> warning_lines(const Snapshot& snapshot);

/// "--max-frames 100: thread 4711"
std::vector<std::string> limit_lines(const Snapshot& snapshot);

/// "2 texts were taken out as secrets."; empty where nothing was.
std::string privacy_line(const PrivacyDescription& privacy);

/// "This report is partial: the core file is cut short."; empty where it is whole.
std::string partial_line(const Report& report);

}  // namespace pycore
