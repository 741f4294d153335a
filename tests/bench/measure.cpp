// measure OUTPUT PROGRAM ARGS...: runs a program with its output in a file, then prints wall and
// CPU seconds, peak memory in KiB and exit status.
//
// Not Python: a child starts with its parent's peak in ru_maxrss, and Python's is above the
// numbers to be measured.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(char** command, const char* output)
{
    const int file = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (file >= 0 && nothing >= 0 && dup2(nothing, 0) == 0 && dup2(file, 1) == 1 &&
        dup2(nothing, 2) == 2) {
        execvp(command[0], command);
    }
    _exit(127);
}

}  // namespace

int main(int count, char** arguments)
{
    if (count < 3) {
        return 2;
    }
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        become(arguments + 2, arguments[1]);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        return 1;
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    std::printf("%.6f %.6f %ld %d\n", wall.count(),
                seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
