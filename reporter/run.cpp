#include "run.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "descriptor_stream.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "outputs.hpp"
#include "progress.hpp"
#include "pycore/text.hpp"
#include "terminal.hpp"

namespace pycore {
namespace {

Result<Report> analyze_input(const CommandLine& line, const Options& options)
{
    if (line.core != "-") {
        return analyze(line.core, options);
    }
    const auto core = CoreFile::open(STDIN_FILENO, options.limits,
                                     {.progress = options.progress,
                                      .cancelled = options.cancelled,
                                      .file = options.unpack_file});
    if (!core) {
        return core.fault();
    }
    return analyze(*core, line.core, options);
}

Result<Report> analyze_with_progress(const CommandLine& line)
{
    ProgressLine progress;
    Options options = line.analysis;
    options.progress = progress.callback();
    return analyze_input(line, options);
}

// Returns the errno of the write that failed, or 0.
int write_report(const Format& format,
                 const Report& report,
                 int descriptor,
                 const CommandLine& line)
{
    DescriptorBuffer buffer(descriptor);
    std::ostream stream(&buffer);
    format.write(report, stream,
                 Presentation{.color = use_color(line.color, descriptor),
                              .all_frames = line.all_frames,
                              .all_locals = line.locals == Locals::all_threads,
                              .width = columns_of(descriptor),
                              .thread_list = line.thread_list,
                              .threads = line.threads});
    stream.flush();
    return buffer.error();
}

// The first thread asked for that the core does not have.
std::optional<std::int32_t> find_unknown_thread(const CommandLine& line, const Report& report)
{
    const auto& threads = report.snapshot.threads;
    for (const std::int32_t tid : line.threads) {
        if (std::ranges::find(threads, std::optional(tid), &Thread::tid) == threads.end()) {
            return tid;
        }
    }
    return std::nullopt;
}

int tell_status(const CommandLine& line, const Report& report)
{
    const Snapshot& snapshot = report.snapshot;
    const std::string core = line.core == "-" ? "standard input" : to_printable(line.core);
    if (!snapshot.limits.empty()) {
        const LimitHit& hit = snapshot.limits.front();
        print_error(core + ": the report was cut by --" + to_printable(hit.limit) + " (" +
                    to_printable(hit.where) + "); raise it for the rest");
    } else if (!snapshot.python_found) {
        print_error(core + ": no CPython found in this process; the report has its threads only");
    }
    return exit_status_of(report);
}

}  // namespace

int run(const CommandLine& line)
{
    std::vector<Output> outputs;
    if (const auto status = check_standard_streams(line)) {
        return *status;
    }
    if (const auto status = open_outputs(line, outputs)) {
        return *status;
    }
    const auto report = analyze_with_progress(line);
    if (!report) {
        print_error(fault_message(line.core, report.fault()));
        return exit_status_of(report.fault());
    }
    if (const auto tid = find_unknown_thread(line, *report)) {
        print_error(to_printable(line.core) + ": no thread " + std::to_string(*tid) +
                    "; --threads lists them");
        return exit_status::usage;
    }
    const auto write = [&](const Output& output, int descriptor) {
        return write_report(*output.format, *report, descriptor, line);
    };
    if (!write_outputs(outputs, write)) {
        return exit_status::unreadable;
    }
    return tell_status(line, *report);
}

int print_notice(const std::string& text)
{
    DescriptorBuffer buffer(STDOUT_FILENO);
    std::ostream stream(&buffer);
    stream << text << std::flush;
    if (buffer.error() != 0 && buffer.error() != EPIPE) {
        print_error(std::string("cannot write to standard output: ") +
                    std::strerror(buffer.error()));
        return exit_status::unreadable;
    }
    return exit_status::written;
}

}  // namespace pycore
