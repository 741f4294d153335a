#include "collector/run_collector.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ostream>
#include <utility>

#include "batch/open_core.hpp"
#include "collector/access_list.hpp"
#include "collector/collect_core.hpp"
#include "descriptor_stream.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "outputs.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr mode_t report_mode = S_IRUSR | S_IWUSR | S_IRGRP;

OpenedFile open_input(const std::string& core)
{
    if (core != "-") {
        return open_regular(AT_FDCWD, core);
    }
    OpenedFile input;
    input.descriptor = OwnedDescriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    input.error = input.descriptor && ::fstat(STDIN_FILENO, &input.status) == 0 ? 0 : errno;
    return input;
}

void tell_why_not_opened(const std::string& core, int error)
{
    const Fault fault =
        error == EINVAL || error == ELOOP || error == ENXIO
            ? Fault{FaultCode::unsupported, 0, "file type"}
            : Fault{FaultCode::io_error, static_cast<std::uint64_t>(error), "core file"};
    print_error(fault_message(core, fault));
}

FoundCore describe(const CommandLine& line, const OpenedFile& input)
{
    FoundCore found;
    found.path = line.core;
    found.name = line.core.substr(line.core.rfind('/') + 1);
    found.expected = true;
    found.size =
        S_ISREG(input.status.st_mode) ? static_cast<std::uint64_t>(input.status.st_size) : 0;
    return found;
}

BatchRequest request_for(const CommandLine& line, const std::vector<Output>& outputs)
{
    BatchRequest request;
    for (const Output& output : outputs) {
        request.formats.push_back(output.format);
    }
    request.collector = line.collector;
    request.all_frames = line.all_frames;
    request.all_locals = line.locals == Locals::all_threads;
    request.analysis = line.analysis;
    return request;
}

int write_bytes(const std::string& bytes, int descriptor)
{
    DescriptorBuffer buffer(descriptor);
    std::ostream stream(&buffer);
    stream << bytes << std::flush;
    return buffer.error();
}

int write_reports(std::vector<Output>& outputs, const CollectedCore& collected, int core)
{
    const auto write = [&](const Output& output, int descriptor) {
        const auto index = static_cast<std::size_t>(&output - outputs.data());
        const int failed = write_bytes(collected.reports[index], descriptor);
        if (failed == 0 && output.file) {
            ::fchmod(descriptor, report_mode);
            copy_readers(core, descriptor);
            ::fsync(descriptor);
        }
        return failed;
    };
    return write_outputs(outputs, write) ? exit_status::written : exit_status::unreadable;
}

// What the process in the sandbox says is one line, and begins with what we say.
int tell(const std::string& core, const CollectedCore& collected)
{
    if (collected.entry.error) {
        print_error((core == "-" ? "standard input" : to_printable(core)) + ": " +
                    *collected.entry.error);
    }
    const int status = collected.entry.exit_status;
    return status >= exit_status::written && status <= exit_status::limit ? status
                                                                          : exit_status::limit;
}

}  // namespace

int run_collector(const CommandLine& line)
{
    if (const auto status = check_standard_streams(line)) {
        return *status;
    }
    const OpenedFile input = open_input(line.core);
    if (!input.descriptor) {
        tell_why_not_opened(line.core, input.error);
        return exit_status::unreadable;
    }
    std::vector<Output> outputs;
    if (const auto status = open_outputs(line, outputs)) {
        return *status;
    }
    tell_what_sandbox_lacks(*line.collector);
    give_up_reading_rights();
    const int core = input.descriptor.number();
    const BatchEntry known = make_entry(describe(line, input), {}, {});
    const CollectedCore collected =
        collect_core(describe(line, input), core, request_for(line, outputs), known);
    if (!collected.reports.empty()) {
        if (const int status = write_reports(outputs, collected, core); status != 0) {
            return status;
        }
    }
    return tell(line.core, collected);
}

}  // namespace pycore
