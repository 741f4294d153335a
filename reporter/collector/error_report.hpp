#pragma once

#include <string>
#include <vector>

#include "batch/find_cores.hpp"
#include "format.hpp"
#include "sandbox/sandbox.hpp"

namespace pycore {

/// Why an analysis ended without a report.
struct AnalysisFailure {
    const char* code = "";  ///< of the warning: "analysis-killed"
    std::string message;
    bool late = false;
};

[[nodiscard]] AnalysisFailure explain_ending(const SandboxResult& result);

/// A report that says nothing but that, in every one of the formats.
[[nodiscard]] std::vector<std::string> write_error_reports(
    const FoundCore& found,
    const AnalysisFailure& failure,
    const std::vector<const Format*>& formats,
    PrivacyLevel privacy);

}  // namespace pycore
