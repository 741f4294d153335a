#include <utility>

#include "analysis/check.hpp"
#include "analysis/diagnose.hpp"
#include "analysis/find_deadlocks.hpp"
#include "pycore/report.hpp"
#include "report/fit_to_size.hpp"
#include "signature/make_signature.hpp"

namespace pycore {
namespace {

void cap_warnings(Snapshot& snapshot, std::size_t most)
{
    if (snapshot.gaps.size() > most) {
        snapshot.gaps_dropped += snapshot.gaps.size() - most;
        snapshot.gaps.resize(most);
    }
    if (snapshot.gaps_dropped == 0) {
        return;
    }
    const std::string left_out = std::to_string(snapshot.gaps_dropped);
    snapshot.gaps.push_back(Gap{.code = "more-warnings",
                                .message = left_out + " more warnings are left out",
                                .address = std::nullopt,
                                .thread = std::nullopt,
                                .data_lost = true});
    snapshot.limits.push_back(
        LimitHit{.limit = "max-warnings", .value = most, .where = "warnings"});
}

bool lost_data(const Snapshot& snapshot)
{
    for (const Gap& gap : snapshot.gaps) {
        if (gap.data_lost) {
            return true;
        }
    }
    for (const Thread& thread : snapshot.threads) {
        if (!thread.stack_complete) {
            return true;
        }
    }
    return snapshot.core.truncated || !snapshot.limits.empty() || !snapshot.python_supported;
}

Status status_of(const Snapshot& snapshot)
{
    if (!snapshot.python_found) {
        return Status::error;
    }
    return lost_data(snapshot) ? Status::partial : Status::ok;
}

}  // namespace

std::string_view name_of(Status status) noexcept
{
    switch (status) {
    case Status::ok: return "ok";
    case Status::partial: return "partial";
    case Status::error: return "error";
    }
    return "error";
}

std::string_view library_version() noexcept
{
    return PYCORE_VERSION;
}

Report make_report(Snapshot snapshot, const Limits& limits)
{
    Report report{.snapshot = std::move(snapshot)};
    // Before anything is cut that it looks at.
    report.diagnosis = diagnose(report.snapshot);
    report.deadlocks = find_deadlocks(report.snapshot);
    report.hints = find_hints({.snapshot = report.snapshot, .deadlocks = report.deadlocks});
    report.signature = make_signature(report.snapshot, report.diagnosis, report.deadlocks);
    cap_warnings(report.snapshot, limits.max_warnings);
    fit_to_size(report, limits.max_report_bytes);
    report.status = status_of(report.snapshot);
    return report;
}

}  // namespace pycore
