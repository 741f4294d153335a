#include "batch/read_one_core.hpp"

#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <ostream>
#include <string_view>

#include "collector/metadata.hpp"
#include "descriptor_stream.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "pycore/analyze.hpp"

namespace pycore {
namespace {

// Enough of a compressed file to see whether it is a core, before all of it is unpacked.
constexpr std::uint64_t peeked_bytes = 64 << 10;

// Those that say what the file is not, from its first bytes.
bool tells_what_it_is_not(const Fault& fault)
{
    const std::string_view what = fault.what.text();
    return what == "ELF magic" || what == "ELF type" || what == "empty file";
}

std::optional<Fault> peek(int core, const Limits& limits)
{
    Limits few = limits;
    few.max_unpacked_bytes = peeked_bytes;
    const auto opened = CoreFile::open(core, few);
    return opened || !tells_what_it_is_not(opened.fault()) ? std::nullopt
                                                           : std::optional(opened.fault());
}

WorkerExit give_up(const FoundCore& found, const Fault& fault, BatchEntry& entry)
{
    if (!found.expected && tells_what_it_is_not(fault)) {
        return WorkerExit::no_core;
    }
    add_error(entry, fault_message("the core", fault), exit_status_of(fault));
    return WorkerExit::done;
}

// The errno of the write that failed, or 0.
int write_report(const Report& report,
                 const Format& format,
                 int output,
                 const BatchRequest& request)
{
    DescriptorBuffer buffer(output);
    std::ostream stream(&buffer);
    Presentation how;
    how.all_frames = request.all_frames;
    how.all_locals = request.all_locals;
    format.write(report, stream, how);
    stream.flush();
    return buffer.error();
}

WorkerExit read_and_write(const FoundCore& found,
                          int core,
                          std::span<const int> outputs,
                          const BatchRequest& request,
                          BatchEntry& entry)
{
    if (const auto fault = found.packed ? peek(core, request.analysis.limits) : std::nullopt) {
        return give_up(found, *fault, entry);
    }
    const auto opened =
        CoreFile::open(core, request.analysis.limits,
                       {.progress = {}, .cancelled = {}, .file = request.analysis.unpack_file});
    if (!opened) {
        return give_up(found, opened.fault(), entry);
    }
    if (request.collector && opened->process() && is_own_command(opened->process()->command)) {
        return WorkerExit::own_core;
    }
    auto report = analyze(*opened, found.path, request.analysis);
    if (!report) {
        return give_up(found, report.fault(), entry);
    }
    if (request.amend) {
        request.amend(*report);
    }
    add_report(entry, *report);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (const int failed = write_report(*report, *request.formats[i], outputs[i], request);
            failed != 0) {
            add_error(entry, std::strerror(failed), exit_status::unreadable);
            return WorkerExit::not_written;
        }
    }
    return WorkerExit::done;
}

}  // namespace

WorkerExit read_one_core(const FoundCore& found,
                         int core,
                         std::span<const int> outputs,
                         const BatchRequest& request,
                         BatchEntry& entry)
{
    try {
        return read_and_write(found, core, outputs, request, entry);
    } catch (const std::bad_alloc&) {
        entry.limits = {"worker-memory"};
        add_error(entry, "needs more memory than --worker-memory allows", exit_status::limit);
    } catch (const std::exception&) {
        add_error(entry, "the analysis failed; this is a bug of pycore-report", exit_status::limit);
    }
    return WorkerExit::done;
}

}  // namespace pycore
