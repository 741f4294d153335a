#include <utility>

#include "c_api/handles.hpp"
#include "pycore/signal.hpp"
#include "report/wait_names.hpp"

namespace pycore::c_api {
namespace {

// A process that hangs is killed by somebody: that says less than why it hung.
std::string summary_of(const Report& report)
{
    const bool killed = report.diagnosis && report.diagnosis->kind == CrashKind::external_signal;
    if (!report.deadlocks.empty() && (killed || !report.diagnosis)) {
        return report.deadlocks.front().summary;
    }
    if (report.diagnosis) {
        return report.diagnosis->summary;
    }
    const auto& crash = report.snapshot.crash;
    return crash ? "killed by " + pycore::signal_name(crash->signal.number)
                 : "alive when the core was taken (no signal)";
}

const Snapshot* snapshot_of(const pycore_report* report) noexcept
{
    return report == nullptr ? nullptr : &report->report.snapshot;
}

const Crash* crash_of(const pycore_report* report) noexcept
{
    return report != nullptr && report->report.snapshot.crash ? &*report->report.snapshot.crash
                                                              : nullptr;
}

const Signature* signature_of(const pycore_report* report) noexcept
{
    return report != nullptr && report->report.signature ? &*report->report.signature : nullptr;
}

const Hint* hint_at(const pycore_report* report, std::size_t index) noexcept
{
    return report == nullptr ? nullptr : item_at(report->report.hints, index);
}

const Gap* gap_at(const pycore_report* report, std::size_t index) noexcept
{
    return report == nullptr ? nullptr : item_at(report->report.snapshot.gaps, index);
}

const LimitHit* limit_at(const pycore_report* report, std::size_t index) noexcept
{
    return report == nullptr ? nullptr : item_at(report->report.snapshot.limits, index);
}

}  // namespace
}  // namespace pycore::c_api

using namespace pycore;
using namespace pycore::c_api;

pycore_report::pycore_report(Report made) : report(std::move(made)), summary(summary_of(report))
{
    if (const Crash* const crash = crash_of(this)) {
        signal_name = pycore::signal_name(crash->signal.number);
    }
    threads.reserve(report.snapshot.threads.size());
    for (const Thread& thread : report.snapshot.threads) {
        threads.push_back({.data = &thread,
                           .snapshot = &report.snapshot,
                           .state = state_of(thread, report.snapshot)});
    }
}

const char* pycore_version() noexcept
{
    return text_of(library_version());
}

int pycore_status(const pycore_report* report) noexcept
{
    if (report == nullptr) {
        return PYCORE_STATUS_ERROR;
    }
    switch (report->report.status) {
    case Status::ok: return PYCORE_STATUS_OK;
    case Status::partial: return PYCORE_STATUS_PARTIAL;
    case Status::error: break;
    }
    return PYCORE_STATUS_ERROR;
}

int pycore_is_python(const pycore_report* report) noexcept
{
    return report != nullptr && report->report.snapshot.python_found ? 1 : 0;
}

const char* pycore_summary(const pycore_report* report) noexcept
{
    return report == nullptr ? "" : report->summary.c_str();
}

const char* pycore_signature_id(const pycore_report* report) noexcept
{
    const Signature* const signature = signature_of(report);
    return signature == nullptr ? nullptr : text_of(signature->id);
}

const char* pycore_signature_coarse_id(const pycore_report* report) noexcept
{
    const Signature* const signature = signature_of(report);
    return signature == nullptr ? nullptr : text_of(signature->coarse_id);
}

const char* pycore_signature_text(const pycore_report* report) noexcept
{
    const Signature* const signature = signature_of(report);
    return signature == nullptr ? nullptr : text_of(signature->text);
}

int64_t pycore_pid(const pycore_report* report) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    return snapshot == nullptr ? -1 : snapshot->process.pid.value_or(-1);
}

const char* pycore_command(const pycore_report* report) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    return snapshot == nullptr ? nullptr : text_of(snapshot->process.command);
}

const char* pycore_executable(const pycore_report* report) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    return snapshot == nullptr ? nullptr : text_of(snapshot->process.executable);
}

int pycore_signal(const pycore_report* report) noexcept
{
    const Crash* const crash = crash_of(report);
    return crash == nullptr ? 0 : crash->signal.number;
}

const char* pycore_signal_name(const pycore_report* report) noexcept
{
    return report == nullptr ? nullptr : text_of(report->signal_name);
}

const char* pycore_crash_kind(const pycore_report* report) noexcept
{
    return report != nullptr && report->report.diagnosis
               ? text_of(name_of(report->report.diagnosis->kind))
               : nullptr;
}

int pycore_fault_address(const pycore_report* report, uint64_t* address) noexcept
{
    const Crash* const crash = crash_of(report);
    if (crash == nullptr || !crash->signal.fault_address) {
        return 0;
    }
    if (address != nullptr) {
        *address = crash->signal.fault_address->value;
    }
    return 1;
}

const char* pycore_abort_message(const pycore_report* report) noexcept
{
    const Crash* const crash = crash_of(report);
    return crash == nullptr ? nullptr : text_of(crash->abort_message);
}

size_t pycore_interpreter_count(const pycore_report* report) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    return snapshot == nullptr ? 0 : snapshot->interpreters.size();
}

const char* pycore_interpreter_version(const pycore_report* report, size_t index) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    const Interpreter* const one =
        snapshot == nullptr ? nullptr : item_at(snapshot->interpreters, index);
    return one == nullptr ? nullptr : text_of(one->version_text);
}

size_t pycore_deadlock_count(const pycore_report* report) noexcept
{
    return report == nullptr ? 0 : report->report.deadlocks.size();
}

const char* pycore_deadlock_summary(const pycore_report* report, size_t index) noexcept
{
    const Deadlock* const one =
        report == nullptr ? nullptr : item_at(report->report.deadlocks, index);
    return one == nullptr ? nullptr : text_of(one->summary);
}

size_t pycore_hint_count(const pycore_report* report) noexcept
{
    return report == nullptr ? 0 : report->report.hints.size();
}

const char* pycore_hint_id(const pycore_report* report, size_t index) noexcept
{
    const Hint* const hint = hint_at(report, index);
    return hint == nullptr ? nullptr : text_of(hint->id);
}

const char* pycore_hint_title(const pycore_report* report, size_t index) noexcept
{
    const Hint* const hint = hint_at(report, index);
    return hint == nullptr ? nullptr : text_of(hint->title);
}

const char* pycore_hint_detail(const pycore_report* report, size_t index) noexcept
{
    const Hint* const hint = hint_at(report, index);
    return hint == nullptr ? nullptr : text_of(hint->detail);
}

size_t pycore_warning_count(const pycore_report* report) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    return snapshot == nullptr ? 0 : snapshot->gaps.size();
}

const char* pycore_warning_code(const pycore_report* report, size_t index) noexcept
{
    const Gap* const gap = gap_at(report, index);
    return gap == nullptr ? nullptr : text_of(gap->code);
}

const char* pycore_warning_message(const pycore_report* report, size_t index) noexcept
{
    const Gap* const gap = gap_at(report, index);
    return gap == nullptr ? nullptr : text_of(gap->message);
}

size_t pycore_limit_count(const pycore_report* report) noexcept
{
    const Snapshot* const snapshot = snapshot_of(report);
    return snapshot == nullptr ? 0 : snapshot->limits.size();
}

const char* pycore_limit_name(const pycore_report* report, size_t index) noexcept
{
    const LimitHit* const hit = limit_at(report, index);
    return hit == nullptr ? nullptr : text_of(hit->limit);
}

const char* pycore_limit_where(const pycore_report* report, size_t index) noexcept
{
    const LimitHit* const hit = limit_at(report, index);
    return hit == nullptr ? nullptr : text_of(hit->where);
}
