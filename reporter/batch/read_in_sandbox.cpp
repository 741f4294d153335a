#include "batch/read_in_sandbox.hpp"

#include <ostream>

#include "collector/access_list.hpp"
#include "collector/collect_core.hpp"
#include "descriptor_stream.hpp"
#include "exit_status.hpp"

namespace pycore {
namespace {

bool write_all(int descriptor, const std::string& bytes)
{
    DescriptorBuffer buffer(descriptor);
    std::ostream stream(&buffer);
    stream << bytes << std::flush;
    return buffer.error() == 0;
}

}  // namespace

WorkerExit read_in_sandbox(const FoundCore& found,
                           int core,
                           std::span<const int> outputs,
                           int brief,
                           const std::vector<std::string>& names,
                           const BatchRequest& request,
                           BatchEntry& entry)
{
    give_up_reading_rights();
    BatchRequest wanted = request;
    if (brief >= 0) {
        wanted.formats.push_back(find_format("brief"));
    }
    const CollectedCore collected = collect_core(found, core, wanted, entry);
    entry = collected.entry;
    if (collected.no_core || collected.reports.empty()) {
        return collected.no_core ? WorkerExit::no_core : WorkerExit::done;
    }
    // To the index one that says why there is no more is a report.
    if (entry.error) {
        entry.summary = *entry.error;
        entry.error = std::nullopt;
    }
    entry.reports = names;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (!write_all(outputs[i], collected.reports[i])) {
            add_error(entry, "write failed", exit_status::unreadable);
            return WorkerExit::not_written;
        }
        copy_readers(core, outputs[i]);
    }
    if (brief >= 0) {
        write_all(brief, collected.reports.back());
    }
    return WorkerExit::done;
}

}  // namespace pycore
