// probe FOLDER THING [ROOT...]: tries THING in the sandbox of pycore-report, and prints what came
// of it as one line: "ENDING STATUS ANSWER". Nothing in the sandbox is weakened for it.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"

namespace {

using pycore::SandboxView;

void say(const SandboxView& view, const std::string& text)
{
    [[maybe_unused]] const ssize_t written =
        ::write(view.outputs.front(), text.data(), text.size());
}

void say_result(const SandboxView& view, long result)
{
    say(view, result >= 0 ? "succeeded" : std::strerror(errno));
}

int scratch_file = -1;

void try_write_more_than_allowed(const SandboxView& view)
{
    const std::vector<char> bytes(1 << 20, 'x');
    long total = 0;
    for (int i = 0; i < 64; ++i) {
        const ssize_t count = ::write(scratch_file, bytes.data(), bytes.size());
        if (count < 0) {
            break;
        }
        total += count;
    }
    say(view, std::to_string(total) + " " + std::strerror(errno));
}

void try_memory(const SandboxView& view)
{
    constexpr std::size_t step = 16 << 20;
    std::size_t total = 0;
    while (total < (std::size_t{8} << 30)) {
        void* const got = std::malloc(step);
        if (got == nullptr) {
            break;
        }
        std::memset(got, 1, step);
        total += step;
    }
    say(view, std::to_string(total >> 20));
}

void try_open_many(const SandboxView& view)
{
    int got = 0;
    while (got < 100'000 && view.open("/usr/bin/env") >= 0) {
        ++got;
    }
    say(view, std::to_string(got));
}

[[noreturn]] void spin()
{
    volatile unsigned long count = 0;
    for (;;) {
        count = count + 1;
    }
}

const std::map<std::string, void (*)(const SandboxView&)> things{
    {"nothing", [](const SandboxView& view) { say(view, view.landlock ? "landlock" : "none"); }},
    {"open", [](const SandboxView& view) { say_result(view, ::open("/etc/passwd", O_RDONLY)); }},
    {"create",
     [](const SandboxView& view) {
         say_result(view, ::open("/tmp/probe", O_CREAT | O_WRONLY, S_IRUSR));
     }},
    {"stat", [](const SandboxView& view) { say_result(view, ::access("/etc/passwd", R_OK)); }},
    {"socket",
     [](const SandboxView& view) { say_result(view, ::socket(AF_INET, SOCK_STREAM, 0)); }},
    {"unix-socket",
     [](const SandboxView& view) { say_result(view, ::socket(AF_UNIX, SOCK_STREAM, 0)); }},
    {"exec",
     [](const SandboxView& view) {
         std::array<char*, 1> none{nullptr};
         say_result(view, ::execve("/bin/true", none.data(), none.data()));
     }},
    {"fork", [](const SandboxView& view) { say_result(view, ::fork()); }},
    {"ptrace", [](const SandboxView& view) { say_result(view, ::ptrace(PTRACE_ATTACH, 1, 0, 0)); }},
    {"kill", [](const SandboxView& view) { say_result(view, ::kill(::getppid(), SIGTERM)); }},
    {"setuid", [](const SandboxView& view) { say_result(view, ::setuid(0)); }},
    {"chroot", [](const SandboxView& view) { say_result(view, ::chroot("/")); }},
    {"code",
     [](const SandboxView& view) {
         const void* const got =
             ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         say_result(view, got == MAP_FAILED ? -1 : 0);
     }},
    {"write-code",
     [](const SandboxView& view) {
         void* const got =
             ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         say_result(view, ::mprotect(got, 4096, PROT_READ | PROT_EXEC));
     }},
    {"file-size", try_write_more_than_allowed},
    {"memory", try_memory},
    {"many-files", try_open_many},
    {"spin", [](const SandboxView&) { spin(); }},
    {"sleep", [](const SandboxView&) { ::pause(); }},
    {"wait", [](const SandboxView&) { ::sleep(30); }},
    {"crash", [](const SandboxView&) { ::raise(SIGSEGV); }},
    {"abort", [](const SandboxView&) { std::abort(); }},
    {"flood",
     [](const SandboxView& view) {
         const std::string text(4 << 20, 'x');
         say(view, text);
     }},
    {"descriptors",
     [](const SandboxView& view) {
         std::string open;
         for (int number = 0; number < 4096; ++number) {
             if (::fcntl(number, F_GETFD) >= 0) {
                 open += std::to_string(number) + " ";
             }
         }
         say(view, open);
     }},
};

std::string ending_of(pycore::SandboxEnding ending)
{
    switch (ending) {
    case pycore::SandboxEnding::finished: return "finished";
    case pycore::SandboxEnding::crashed: return "crashed";
    case pycore::SandboxEnding::late: return "late";
    case pycore::SandboxEnding::too_long: return "too-long";
    case pycore::SandboxEnding::not_set_up: break;
    }
    return "not-set-up";
}

pycore::SandboxResult try_in_sandbox(const pycore::SandboxRules& rules, const std::string& thing)
{
    return pycore::run_sandboxed(rules, [&thing](const SandboxView& view) {
        if (thing.starts_with("file:")) {
            const int got = view.open(thing.substr(5));
            say(view, got >= 0 ? "succeeded" : std::strerror(-got));
        } else {
            things.at(thing)(view);
        }
        return 7;
    });
}

}  // namespace

int main(int count, char** arguments)
{
    if (count < 3 ||
        (!things.contains(arguments[2]) && !std::string_view(arguments[2]).starts_with("file:"))) {
        return 2;
    }
    const std::string folder = arguments[1];
    scratch_file = ::open(folder.c_str(), O_TMPFILE | O_RDWR, S_IRUSR | S_IWUSR);
    if (scratch_file < 0) {
        return 3;
    }
    pycore::SandboxRules rules{.file_roots = {"/usr", "/lib", "/lib64"},
                               .identity = {},
                               .memory = std::uint64_t{256} << 20,
                               .file_size = std::uint64_t{8} << 20,
                               .time = std::chrono::seconds(2),
                               .kept = {scratch_file},
                               .output_limits = {1 << 20}};
    for (int i = 3; i < count; ++i) {
        rules.file_roots.emplace_back(arguments[i]);
    }
    if (::geteuid() == 0) {
        rules.identity = pycore::SandboxIdentity{.user = 65534, .group = 65534};
    }
    if (std::string_view(arguments[2]) == "wait") {
        rules.time = std::chrono::seconds(30);
    }
    const auto result = try_in_sandbox(rules, arguments[2]);
    std::cout << ending_of(result.ending) << ' ' << result.status << ' '
              << (result.outputs.empty() ? "" : result.outputs.front().substr(0, 200)) << '\n';
    return 0;
}
