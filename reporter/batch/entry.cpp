#include "batch/entry.hpp"

#include <algorithm>
#include <string_view>

#include "exit_status.hpp"
#include "fault_message.hpp"
#include "pycore/signal.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t max_text = 1024;
constexpr std::size_t max_path = 4 * 4096;  // PATH_MAX, each byte escaped
constexpr std::size_t max_limits = 32;

std::string bounded(std::string_view text, std::size_t most = max_text)
{
    std::string shown = to_printable(text.substr(0, most));
    if (shown.size() > most) {
        while (most > 0 && (static_cast<unsigned char>(shown[most]) & 0xc0U) == 0x80U) {
            --most;
        }
        shown.resize(most);
    }
    return shown;
}

std::optional<std::string> bounded_if(const std::optional<std::string>& text)
{
    return text ? std::optional(bounded(*text)) : std::nullopt;
}

std::string summary_of(const Report& report)
{
    if (report.diagnosis) {
        return report.diagnosis->summary;
    }
    if (!report.deadlocks.empty()) {
        return report.deadlocks.front().summary;
    }
    return "no crash: the process was alive";
}

void add_process(BatchEntry& entry, const Snapshot& snapshot)
{
    entry.command = bounded_if(snapshot.process.command);
    entry.executable = bounded_if(snapshot.process.executable);
    entry.pid = snapshot.process.pid;
    if (!snapshot.interpreters.empty()) {
        entry.python_version = bounded(snapshot.interpreters.front().version_text);
    }
}

void add_limits(BatchEntry& entry, const Snapshot& snapshot)
{
    for (const LimitHit& hit : snapshot.limits) {
        if (entry.limits.size() < max_limits && !std::ranges::count(entry.limits, hit.limit)) {
            entry.limits.push_back(bounded(hit.limit));
        }
    }
}

}  // namespace

BatchEntry make_entry(const FoundCore& core,
                      const CrashOrigin& origin,
                      const std::string& options_key)
{
    BatchEntry entry;
    entry.path = bounded(core.path, max_path);
    entry.name = bounded(core.name);
    entry.size = core.size;
    entry.modified = core.modified;
    entry.origin = origin;
    entry.tool_version = library_version();
    entry.options_key = options_key;
    return entry;
}

void add_report(BatchEntry& entry, const Report& report)
{
    const Snapshot& snapshot = report.snapshot;
    entry.status = name_of(report.status);
    entry.exit_status = exit_status_of(report);
    if (report.diagnosis) {
        entry.kind = std::string(name_of(report.diagnosis->kind));
    }
    if (snapshot.crash) {
        entry.signal = signal_name(snapshot.crash->signal.number);
    }
    entry.summary = bounded(summary_of(report));
    if (report.signature) {
        entry.signature = EntrySignature{.id = bounded(report.signature->id),
                                         .coarse_id = bounded(report.signature->coarse_id),
                                         .text = bounded(report.signature->text)};
    }
    add_process(entry, snapshot);
    add_limits(entry, snapshot);
    entry.deadlocks = report.deadlocks.size();
    entry.warnings = snapshot.gaps.size() + snapshot.gaps_dropped;
}

void add_error(BatchEntry& entry, const std::string& error, int exit_status)
{
    entry.status = name_of(Status::error);
    entry.exit_status = exit_status;
    entry.error = bounded(error);
    entry.summary = "no report";
    entry.reports.clear();
}

bool is_current(const BatchEntry& entry, const FoundCore& core, const std::string& options_key)
{
    const bool unreadable = entry.error && entry.exit_status == exit_status::unreadable;
    return !unreadable && entry.size == core.size && entry.modified == core.modified &&
           entry.options_key == options_key && entry.tool_version == library_version();
}

}  // namespace pycore
