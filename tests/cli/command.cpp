#include "cli/command.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <thread>

namespace pycore::test {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& words)
{
    std::vector<char*> made;
    for (const std::string& word : words) {
        made.push_back(const_cast<char*>(word.c_str()));  // NOLINT: execve() takes them so
    }
    made.push_back(nullptr);
    return made;
}

int must(int result, const char* what)
{
    if (result < 0) {
        throw std::runtime_error(what);
    }
    return result;
}

[[noreturn]] void execute(const Command& command)
{
    std::vector<std::string> words{PYCORE_REPORT};
    words.insert(words.end(), command.arguments.begin(), command.arguments.end());
    ::execve(PYCORE_REPORT, pointers(words).data(), pointers(command.environment).data());
    ::_exit(127);
}

int wait_for(pid_t child)
{
    int status = 0;
    must(::waitpid(child, &status, 0), "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string read_all(int descriptor)
{
    std::string text;
    std::array<char, 4096> bytes{};
    for (ssize_t count = 0; (count = ::read(descriptor, bytes.data(), bytes.size())) > 0;) {
        text.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return text;
}

std::string captured(int descriptor)
{
    ::lseek(descriptor, 0, SEEK_SET);
    std::string text = read_all(descriptor);
    ::close(descriptor);
    return text;
}

int start(const Command& command, int out, int error, int input = -1)
{
    const pid_t child = must(::fork(), "fork");
    if (child == 0) {
        ::dup2(input >= 0 ? input : ::open(command.input.c_str(), O_RDONLY), STDIN_FILENO);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(error, STDERR_FILENO);
        execute(command);
    }
    return child;
}

}  // namespace

Outcome run(const Command& command)
{
    const int out = command.output.empty()
                        ? must(::memfd_create("out", MFD_CLOEXEC), "memfd_create")
                        : must(::open(command.output.c_str(), O_WRONLY | O_CLOEXEC), "open");
    const int error = must(::memfd_create("error", MFD_CLOEXEC), "memfd_create");
    Outcome outcome;
    outcome.status = wait_for(start(command, out, error));
    outcome.out = captured(out);
    outcome.error = captured(error);
    return outcome;
}

Outcome run(std::vector<std::string> arguments)
{
    return run(Command{.arguments = std::move(arguments)});
}

bool terminals_are_missing()
{
    int first = -1;
    int second = -1;
    if (::openpty(&first, &second, nullptr, nullptr, nullptr) != 0) {
        std::puts("SKIPPED: no pseudo terminal can be made here (is /dev/pts mounted?)");
        return true;
    }
    ::close(first);
    ::close(second);
    return false;
}

Outcome run_on_terminal(const Command& command)
{
    int terminal = -1;
    struct winsize size {};
    size.ws_col = command.columns;
    const pid_t child = must(::forkpty(&terminal, nullptr, nullptr, &size), "forkpty");
    if (child == 0) {
        execute(command);
    }
    Outcome outcome;
    outcome.out = read_all(terminal);
    outcome.status = wait_for(child);
    ::close(terminal);
    return outcome;
}

Outcome run_with_pipe(const Command& command, std::span<const std::byte> input)
{
    std::array<int, 2> ends{};
    must(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
    const int out = must(::memfd_create("out", MFD_CLOEXEC), "memfd_create");
    const int error = must(::memfd_create("error", MFD_CLOEXEC), "memfd_create");
    const pid_t child = start(command, out, error, ends[0]);
    ::close(ends[0]);
    std::thread writer([&] {
        for (ssize_t count = 0; !input.empty();
             input = input.subspan(static_cast<std::size_t>(count))) {
            count = ::write(ends[1], input.data(), input.size());
            if (count < 0) {
                break;
            }
        }
        ::close(ends[1]);
    });
    Outcome outcome;
    outcome.status = wait_for(child);
    writer.join();
    outcome.out = captured(out);
    outcome.error = captured(error);
    return outcome;
}

Outcome run_without_reader(const Command& command)
{
    std::array<int, 2> ends{};
    must(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
    ::close(ends[0]);
    const int error = must(::memfd_create("error", MFD_CLOEXEC), "memfd_create");
    Outcome outcome;
    outcome.status = wait_for(start(command, ends[1], error));
    ::close(ends[1]);
    outcome.error = captured(error);
    return outcome;
}

}  // namespace pycore::test
