#include "sandbox/sandbox.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <exception>

#include "owned_descriptor.hpp"
#include "sandbox/file_broker.hpp"
#include "sandbox/lockdown.hpp"

namespace pycore {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int status_not_set_up = 125;
constexpr int status_threw = 124;
constexpr std::size_t piece = 64 << 10;

struct Ends {
    OwnedDescriptor parent;
    OwnedDescriptor child;
};

Ends make_pipe()
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    }
    return {OwnedDescriptor(ends[0]), OwnedDescriptor(ends[1])};
}

Ends make_socket()
{
    std::array<int, 2> ends{-1, -1};
    [[maybe_unused]] const int made =
        ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data());
    return {OwnedDescriptor(ends[0]), OwnedDescriptor(ends[1])};
}

/// One pipe, and what came out of it.
struct Output {
    OwnedDescriptor pipe;
    std::uint64_t most = 0;
    std::string bytes;
};

[[noreturn]] void be_child(const SandboxRules& rules,
                           const std::function<int(const SandboxView&)>& work,
                           int socket,
                           const std::vector<int>& outputs,
                           pid_t parent) noexcept
{
    try {
        std::vector<int> kept = rules.kept;
        kept.insert(kept.end(), outputs.begin(), outputs.end());
        kept.push_back(socket);
        const Lockdown state = lock_down(rules, std::move(kept), parent);
        if (state == Lockdown::failed) {
            ::_exit(status_not_set_up);
        }
        const SandboxView view{
            .open = [socket](const std::string& path) { return request_file(socket, path); },
            .outputs = outputs,
            .landlock = state == Lockdown::complete};
        ::_exit(work(view));
    } catch (const std::exception&) {
        ::_exit(status_threw);
    }
}

class Watch {
public:
    Watch(pid_t pid, OwnedDescriptor socket, std::vector<Output> outputs, const SandboxRules& rules)
        : pid_(pid),
          socket_(std::move(socket)),
          outputs_(std::move(outputs)),
          broker_(rules.file_roots),
          end_(Clock::now() + rules.time)
    {
    }

    SandboxResult run()
    {
        int wait_status = 0;
        while (::waitpid(pid_, &wait_status, WNOHANG) == 0) {
            if (Clock::now() >= end_) {
                stop(SandboxEnding::late);
            }
            wait();
        }
        for (Output& output : outputs_) {
            drain(output);
        }
        return result_of(wait_status);
    }

private:
    void stop(SandboxEnding why)
    {
        if (!stopped_) {
            stopped_ = why;
        }
        ::kill(pid_, SIGKILL);
    }

    // Until something comes in; not long, for the end of a process that has closed all of this.
    void wait()
    {
        constexpr int most_milliseconds = 100;
        std::vector<pollfd> ready{{.fd = socket_.number(), .events = POLLIN, .revents = 0}};
        for (const Output& output : outputs_) {
            ready.push_back({.fd = output.pipe.number(), .events = POLLIN, .revents = 0});
        }
        const bool open = std::ranges::any_of(ready, [](const pollfd& one) { return one.fd >= 0; });
        ::poll(ready.data(), ready.size(), open ? most_milliseconds : 1);
        if (ready.front().revents != 0 && !broker_.answer(socket_.number())) {
            socket_ = OwnedDescriptor();
        }
        for (std::size_t i = 0; i < outputs_.size(); ++i) {
            if (ready[i + 1].revents != 0) {
                drain(outputs_[i]);
            }
        }
    }

    void drain(Output& output)
    {
        std::array<char, piece> buffer{};
        while (output.pipe) {
            const ssize_t count = ::read(output.pipe.number(), buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0 && errno == EAGAIN) {
                return;
            }
            if (count <= 0) {
                output.pipe = OwnedDescriptor();
                return;
            }
            if (static_cast<std::uint64_t>(count) > output.most - output.bytes.size()) {
                output.pipe = OwnedDescriptor();
                stop(SandboxEnding::too_long);
                return;
            }
            output.bytes.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }

    SandboxResult result_of(int wait_status)
    {
        SandboxResult result;
        result.files_opened = broker_.opened();
        for (Output& output : outputs_) {
            result.outputs.push_back(std::move(output.bytes));
        }
        const int status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
        result.status = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : status;
        if (stopped_) {
            result.ending = *stopped_;
        } else if (WIFSIGNALED(wait_status) && result.status == SIGXCPU) {
            result.ending = SandboxEnding::late;
        } else if (WIFSIGNALED(wait_status)) {
            result.ending = SandboxEnding::crashed;
        } else if (status == status_threw) {
            result.ending = SandboxEnding::crashed;
            result.status = SIGABRT;
        } else {
            result.ending =
                status == status_not_set_up ? SandboxEnding::not_set_up : SandboxEnding::finished;
        }
        return result;
    }

    pid_t pid_;
    OwnedDescriptor socket_;
    std::vector<Output> outputs_;
    FileBroker broker_;
    Clock::time_point end_;
    std::optional<SandboxEnding> stopped_;
};

}  // namespace

SandboxResult run_sandboxed(const SandboxRules& rules,
                            const std::function<int(const SandboxView&)>& work)
{
    Ends socket = make_socket();
    std::vector<Output> outputs;
    std::vector<OwnedDescriptor> childs;
    std::vector<int> numbers;
    for (const std::uint64_t most : rules.output_limits) {
        Ends pipe = make_pipe();
        outputs.push_back({.pipe = std::move(pipe.parent), .most = most, .bytes = {}});
        numbers.push_back(pipe.child.number());
        childs.push_back(std::move(pipe.child));
    }
    if (!socket.child || std::ranges::any_of(numbers, [](int number) { return number < 0; })) {
        return {};
    }
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
        be_child(rules, work, socket.child.number(), numbers, parent);
    }
    if (pid < 0) {
        return {};
    }
    socket.child = OwnedDescriptor();
    childs.clear();
    return Watch(pid, std::move(socket.parent), std::move(outputs), rules).run();
}

}  // namespace pycore
