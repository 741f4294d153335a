#include "outputs.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "exit_status.hpp"
#include "fault_message.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

std::optional<FileIdentity> identity_of_core(const std::string& core)
{
    return core == "-" ? identity_of(STDIN_FILENO) : identity_of(core);
}

bool write_file(Output& output, const WriteOutput& write)
{
    std::optional<OutputError> error;
    if (const int failed = write(output, output.file->descriptor()); failed != 0) {
        error = OutputError{.reason = std::strerror(failed), .refused = false};
    } else {
        error = output.file->commit();
    }
    if (error) {
        print_error("cannot write " + to_printable(output.path) + ": " + error->reason);
    }
    return !error;
}

bool write_standard_output(const Output& output, const WriteOutput& write)
{
    const int failed = write(output, STDOUT_FILENO);
    if (failed != 0 && failed != EPIPE) {
        print_error(std::string("cannot write to standard output: ") + std::strerror(failed));
    }
    return failed == 0 || failed == EPIPE;
}

}  // namespace

std::optional<int> open_outputs(const CommandLine& line, std::vector<Output>& outputs)
{
    const auto core = identity_of_core(line.core);
    for (const OutputRequest& request : line.outputs) {
        if (request.path == "-") {
            outputs.push_back(Output{.format = request.format, .path = {}, .file = std::nullopt});
            continue;
        }
        auto created = OutputFile::create(request.path, line.force, core);
        if (const auto* error = std::get_if<OutputError>(&created)) {
            print_error("cannot write " + to_printable(request.path) + ": " + error->reason);
            return error->refused ? exit_status::usage : exit_status::unreadable;
        }
        outputs.push_back(Output{.format = request.format,
                                 .path = request.path,
                                 .file = std::move(std::get<OutputFile>(created))});
    }
    return std::nullopt;
}

std::optional<int> check_standard_streams(const CommandLine& line)
{
    if (line.core == "-" && ::isatty(STDIN_FILENO) == 1) {
        print_error("standard input is a terminal; write pycore-report - < CORE");
        return exit_status::usage;
    }
    const auto core = identity_of_core(line.core);
    struct stat status {};
    const bool is_file = ::fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    if (core && is_file && identity_of(STDOUT_FILENO) == core) {
        print_error("standard output is the core itself; write the report elsewhere");
        return exit_status::usage;
    }
    return std::nullopt;
}

// Files first: a reader that leaves early, or a full pipe, does not keep them waiting.
bool write_outputs(std::vector<Output>& outputs, const WriteOutput& write)
{
    bool written = true;
    for (Output& output : outputs) {
        if (output.file) {
            written = write_file(output, write) && written;
        }
    }
    for (const Output& output : outputs) {
        if (!output.file) {
            written = write_standard_output(output, write) && written;
        }
    }
    return written;
}

}  // namespace pycore
