#include "collector/error_report.hpp"

#include <csignal>
#include <exception>
#include <sstream>

#include "pycore/signal.hpp"

namespace pycore {
namespace {

AnalysisFailure explain_signal(int number)
{
    if (number == SIGKILL) {
        return {.code = "analysis-killed",
                .message = "the analysis was killed, perhaps because memory ran out"};
    }
    if (number == SIGSYS) {
        return {.code = "analysis-crashed",
                .message = "the analysis asked the kernel for what it may not, and was ended"};
    }
    return {.code = "analysis-crashed",
            .message = "the analysis crashed (" + signal_name(number) +
                       "); this is a bug of pycore-report"};
}

std::string write(const Format& format, const Report& report)
{
    try {
        std::ostringstream text;
        format.write(report, text, Presentation{});
        return std::move(text).str();
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace

AnalysisFailure explain_ending(const SandboxResult& result)
{
    switch (result.ending) {
    case SandboxEnding::crashed: return explain_signal(result.status);
    case SandboxEnding::late:
        return {.code = "analysis-late",
                .message = "the analysis took longer than its time limit, and was stopped",
                .late = true};
    case SandboxEnding::too_long:
        return {.code = "report-too-long",
                .message = "the report was longer than it may be, and was thrown away"};
    case SandboxEnding::not_set_up:
        return {.code = "sandbox-failed",
                .message = "the core was not read: no sandbox could be set up for it"};
    case SandboxEnding::finished: break;
    }
    return {.code = "analysis-failed",
            .message = "the analysis ended without an answer; this is a bug of pycore-report"};
}

std::vector<std::string> write_error_reports(const FoundCore& found,
                                             const AnalysisFailure& failure,
                                             const std::vector<const Format*>& formats,
                                             PrivacyLevel privacy)
{
    Snapshot snapshot;
    snapshot.core.path = found.path;
    snapshot.core.size = found.size;
    snapshot.privacy.level = privacy;
    snapshot.gaps.push_back(Gap{.code = failure.code,
                                .message = failure.message,
                                .address = std::nullopt,
                                .thread = std::nullopt,
                                .data_lost = true});
    const Report report = make_report(std::move(snapshot));
    std::vector<std::string> reports;
    for (const Format* format : formats) {
        reports.push_back(write(*format, report));
    }
    return reports;
}

}  // namespace pycore
