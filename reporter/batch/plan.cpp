#include "batch/plan.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "batch/core_names.hpp"
#include "batch/report_names.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

bool has_reports(const BatchEntry& entry, const OutputFolder& folder)
{
    return std::ranges::all_of(entry.reports,
                               [&folder](const std::string& name) { return folder.has(name); });
}

bool may_keep(const BatchEntry& entry,
              const FoundCore& core,
              const OutputFolder& folder,
              const BatchRequest& request)
{
    if (request.force || !has_reports(entry, folder)) {
        return false;
    }
    return (request.new_only && !entry.error) || is_current(entry, core, request.options_key);
}

BatchJob make_job(const FoundCore& core, const std::string& stem, const BatchRequest& request)
{
    BatchJob job{.core = &core, .reports = {}};
    for (const Format* format : request.formats) {
        job.reports.push_back(
            report_name(stem, format->suffix.empty() ? format->name : format->suffix));
    }
    return job;
}

}  // namespace

BatchPlan make_plan(const CoreSearch& search,
                    const BatchIndex& known,
                    const OutputFolder& folder,
                    const BatchRequest& request)
{
    BatchPlan plan;
    std::set<std::string> found;
    const std::vector<std::string> stems = choose_stems(search.cores, known);
    for (std::size_t i = 0; i < search.cores.size(); ++i) {
        const FoundCore& core = search.cores[i];
        const std::string path = to_printable(core.path);
        const BatchEntry* entry = find_entry(known, path);
        if (!found.insert(path).second) {
            continue;
        }
        if (entry != nullptr && may_keep(*entry, core, folder, request)) {
            plan.kept.push_back(*entry);
            continue;
        }
        plan.jobs.push_back(make_job(core, stems[i], request));
        if (entry != nullptr && has_reports(*entry, folder)) {
            plan.behind.push_back(*entry);
        }
    }
    for (const BatchEntry& entry : known.entries) {
        if (!found.contains(entry.path) && !entry.error && has_reports(entry, folder)) {
            plan.kept.push_back(entry);
        }
    }
    return plan;
}

}  // namespace pycore
