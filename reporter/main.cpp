#include <sys/auxv.h>

#include <csignal>
#include <exception>
#include <new>

#include "abrt/run_abrt.hpp"
#include "batch/run_batch.hpp"
#include "collector/run_collector.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "host_commands.hpp"
#include "kernel_pipe/run_kernel_pipe.hpp"
#include "options.hpp"
#include "pycore/text.hpp"
#include "run.hpp"
#include "self_check/self_check.hpp"

namespace {

int print_usage_error(const std::string& message)
{
    pycore::print_error(message + "; see pycore-report --help");
    return pycore::exit_status::usage;
}

int run_host_command(const pycore::HostCommand& command)
{
    if (const auto* error = std::get_if<pycore::UsageError>(&command)) {
        return print_usage_error(error->message);
    }
    if (const auto* piped = std::get_if<pycore::KernelPipeRequest>(&command)) {
        return pycore::run_kernel_pipe(*piped);
    }
    return pycore::run_abrt(std::get<pycore::AbrtRequest>(command));
}

int run_command(int count, const char* const* arguments)
{
    if (const auto command = pycore::parse_host_command(count, arguments)) {
        return run_host_command(*command);
    }
    auto parsed = pycore::parse_command_line(count, arguments);
    if (const auto* error = std::get_if<pycore::UsageError>(&parsed)) {
        return print_usage_error(error->message);
    }
    if (const auto* notice = std::get_if<pycore::Notice>(&parsed)) {
        return pycore::print_notice(notice->text);
    }
    if (std::holds_alternative<pycore::SelfCheckRequest>(parsed)) {
        return pycore::run_self_check();
    }
    if (const auto* batch = std::get_if<pycore::BatchRequest>(&parsed)) {
        return pycore::run_batch(*batch);
    }
    const auto& line = std::get<pycore::CommandLine>(parsed);
    return line.collector ? pycore::run_collector(line) : pycore::run(line);
}

}  // namespace

int main(int count, char** arguments)
{
    // A reader that has seen enough is no error: the write fails with EPIPE, and other outputs
    // are still finished.
    [[maybe_unused]] const auto previous = std::signal(SIGPIPE, SIG_IGN);
    if (::getauxval(AT_SECURE) != 0) {
        pycore::print_error("will not run setuid, setgid or with rights of its file");
        return pycore::exit_status::usage;
    }
    try {
        return run_command(count, arguments);
    } catch (const std::bad_alloc&) {
        pycore::print_error("out of memory; give it more, or lower the limits in --help");
        return pycore::exit_status::limit;
    } catch (const std::exception& error) {
        pycore::print_error(pycore::to_printable(error.what()) +
                            "; this is a bug of pycore-report");
        return pycore::exit_status::unreadable;
    }
}
