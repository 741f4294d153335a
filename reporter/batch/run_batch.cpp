#include "batch/run_batch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "batch/batch_progress.hpp"
#include "batch/find_cores.hpp"
#include "batch/held_signals.hpp"
#include "batch/index.hpp"
#include "batch/index_html.hpp"
#include "batch/output_folder.hpp"
#include "batch/plan.hpp"
#include "batch/pool.hpp"
#include "batch/quota.hpp"
#include "collector/collect_core.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "journal/journal.hpp"
#include "journal/record.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr const char* index_name = "index.jsonl";
constexpr const char* page_name = "index.html";
constexpr std::size_t max_index = std::size_t{1} << 30;

// What has come of the jobs so far.
struct Outcome {
    std::vector<BatchEntry> entries;
    std::uint64_t reports = 0;
    std::uint64_t failed = 0;
    std::uint64_t no_cores = 0;
    std::uint64_t gone = 0;
    std::uint64_t not_written = 0;
};

// Half of the machine for all of them, but enough for any ordinary core.
std::uint64_t worker_memory_for(std::size_t jobs)
{
    constexpr std::uint64_t least = std::uint64_t{256} << 20;
    constexpr std::uint64_t most = std::uint64_t{4} << 30;
    const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L));
    const auto page_size = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 0L));
    return std::clamp(pages * page_size / 2 / jobs, least, most);
}

void count(const BatchJob& job, const JobResult& result, Outcome& outcome, BatchProgress& progress)
{
    const std::string name = to_printable(job.core->name);
    if (!result.not_written.empty()) {
        ++outcome.not_written;
        progress.add(name, "cannot write the report: " + to_printable(result.not_written), true);
    } else if (result.entry) {
        const bool failed = result.entry->error.has_value();
        ++(failed ? outcome.failed : outcome.reports);
        progress.add(name, result.entry->error.value_or(result.entry->summary), failed);
        outcome.entries.push_back(*result.entry);
    } else {
        ++(result.no_core ? outcome.no_cores : outcome.gone);
        progress.add(name, result.no_core ? "no core" : "gone", false);
    }
}

// What was to be read again and was not is still as it was.
std::vector<BatchEntry> all_entries(const BatchPlan& plan, const Outcome& outcome)
{
    std::vector<BatchEntry> entries = plan.kept;
    std::set<std::string> done;
    for (const BatchEntry& entry : outcome.entries) {
        entries.push_back(entry);
        done.insert(entry.path);
    }
    for (const BatchEntry& entry : plan.behind) {
        if (!done.contains(entry.path)) {
            entries.push_back(entry);
        }
    }
    sort_entries(entries);
    return entries;
}

bool write_index(const OutputFolder& folder, const std::vector<BatchEntry>& entries)
{
    bool written = true;
    const auto write = [&](const char* name, const std::string& content) {
        // The same bytes again would only wake up who watches the file.
        if (folder.read(name, max_index) == content) {
            return;
        }
        if (const auto error = folder.write(name, content)) {
            print_error(std::string("cannot write ") + name + ": " + error->reason);
            written = false;
        }
    };
    write(index_name, index_text(entries));
    write(page_name, index_page(entries));
    return written;
}

std::string counted(std::uint64_t count, const std::string& what)
{
    return std::to_string(count) + " " + what;
}

void print_summary(const CoreSearch& search,
                   const BatchPlan& plan,
                   const Outcome& outcome,
                   const BatchRequest& request)
{
    const std::uint64_t left_out = search.left_out + outcome.no_cores;
    const std::uint64_t cores = search.cores.size() - outcome.no_cores;
    std::string text = counted(cores, cores == 1 ? "core: " : "cores: ") +
                       counted(outcome.reports, outcome.reports == 1 ? "report, " : "reports, ") +
                       counted(outcome.failed, "failed");
    const std::uint64_t over =
        outcome.reports + outcome.failed + outcome.no_cores + outcome.gone + outcome.not_written;
    if (const std::uint64_t waiting = plan.jobs.size() - over; waiting != 0) {
        text += ", " + counted(waiting, "not read");
    }
    if (!plan.kept.empty()) {
        text += ", " + counted(plan.kept.size(), "kept from before");
    }
    if (outcome.gone != 0) {
        text += ", " + counted(outcome.gone, "gone meanwhile");
    }
    if (outcome.not_written != 0) {
        text += ", " + counted(outcome.not_written, "not written");
    }
    if (left_out != 0) {
        text += "; " + counted(left_out, "other files left out");
    }
    print_error(text + "; see " + to_printable(request.output_folder) + "/" + page_name);
}

int status_of(int stopped_by, const CoreSearch& search, const Outcome& outcome, bool indexed)
{
    if (stopped_by != 0) {
        return 128 + stopped_by;
    }
    if (!indexed || outcome.not_written != 0) {
        return exit_status::unreadable;
    }
    return search.missing.empty() ? exit_status::written : exit_status::usage;
}

CoreSearch search_for(const BatchRequest& request, const OutputFolder& folder)
{
    CoreSearch search = find_cores(request.inputs, folder.identity());
    for (const auto* lines : {&search.missing, &search.refused}) {
        for (const std::string& line : *lines) {
            print_error(line);
        }
    }
    return search;
}

BatchIndex known_index(const OutputFolder& folder)
{
    BatchIndex known = parse_index(folder.read(index_name, max_index));
    if (known.damaged != 0) {
        print_error(std::string(index_name) + ": " + std::to_string(known.damaged) +
                    " damaged lines; their cores are read again");
    }
    return known;
}

void log_report(const BatchRequest& request, const JobResult& result)
{
    if (request.log_journal && result.entry && !result.entry->reports.empty()) {
        send_to_journal(
            journal_record(*result.entry, result.metadata, request.output_folder, result.brief));
    }
}

/// Runs the jobs of the plan: what came of them, and the signal that ended that early, or 0.
int run_plan(const BatchPlan& plan,
             const BatchRequest& request,
             const OutputFolder& folder,
             ReportQuota& quota,
             Outcome& outcome)
{
    const HeldSignals signals;
    BatchProgress progress(plan.jobs.size());
    const auto done = [&](const BatchJob& job, const JobResult& result) {
        count(job, result, outcome, progress);
        log_report(request, result);
        if (result.entry) {
            quota.add(*result.entry);
        }
    };
    return run_jobs(
        plan.jobs, request, folder, signals, done, [&progress] { progress.tick(); },
        [&quota] { return !quota.is_full(); });
}

int run_in(const OutputFolder& folder, const BatchRequest& request)
{
    const CoreSearch search = search_for(request, folder);
    BatchPlan plan = make_plan(search, known_index(folder), folder, request);
    ReportQuota quota(folder, request.collector ? request.collector->max_use : UINT64_MAX);
    quota.make_room(plan, search);
    Outcome outcome;
    const int stopped_by = run_plan(plan, request, folder, quota, outcome);
    if (quota.is_full()) {
        print_error("the reports take all that MaxUse= allows; no more are written");
    }
    if (outcome.reports != 0) {
        folder.keep();
    }
    const bool indexed = write_index(folder, all_entries(plan, outcome));
    print_summary(search, plan, outcome, request);
    return status_of(stopped_by, search, outcome, indexed);
}

}  // namespace

int run_batch(const BatchRequest& request)
{
    const auto folder = OutputFolder::open(request.output_folder);
    if (const auto* error = std::get_if<std::string>(&folder)) {
        print_error(to_printable(request.output_folder) + " " + *error);
        return exit_status::unreadable;
    }
    if (request.collector) {
        tell_what_sandbox_lacks(*request.collector);
    }
    BatchRequest complete = request;
    if (complete.jobs == 0) {
        complete.jobs = processors();
    }
    if (complete.worker_memory == 0) {
        complete.worker_memory = worker_memory_for(complete.jobs);
    }
    return run_in(std::get<OutputFolder>(folder), complete);
}

}  // namespace pycore
