#include "run_cases.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <new>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "worker.hpp"

namespace pycore::robustness {
namespace {

constexpr std::size_t enough_failures = 20;
constexpr std::chrono::milliseconds poll_interval{20};

struct Worker {
    pid_t process = -1;
    Progress* progress = nullptr;
    std::size_t watched_case = 0;
    std::chrono::nanoseconds watched_cpu{};  ///< spent by the process when the case was first seen
    std::chrono::steady_clock::time_point watched_since;
    bool killed = false;
};

Progress* shared_progress()
{
    void* memory =
        mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw std::system_error(errno, std::generic_category(), "mmap");
    }
    return new (memory) Progress;
}

std::chrono::nanoseconds cpu_time(pid_t process)
{
    clockid_t clock{};
    timespec spent{};
    if (clock_getcpuclockid(process, &clock) == 0) {
        clock_gettime(clock, &spent);
    }
    return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
}

std::string how_it_ended(const Worker& worker, int status)
{
    if (worker.killed) {
        return "no answer within the time limit";
    }
    if (WIFSIGNALED(status)) {
        return std::string("killed by ") + strsignal(WTERMSIG(status));
    }
    return "exit status " + std::to_string(WEXITSTATUS(status));
}

class Run {
public:
    Run(std::span<const std::byte> pristine, std::span<const Case> cases, const RunOptions& options)
        : pristine_(pristine), cases_(cases), options_(options)
    {
    }

    bool all()
    {
        for (std::size_t i = 0; i < options_.jobs; ++i) {
            Worker worker;
            worker.progress = shared_progress();
            start(worker, i);
            workers_.push_back(worker);
        }
        while (running() && failures_ < enough_failures) {
            for (Worker& worker : workers_) {
                look_at(worker);
            }
            std::this_thread::sleep_for(poll_interval);
        }
        stop();
        return summary();
    }

private:
    void start(Worker& worker, std::size_t first)
    {
        worker.killed = false;
        watch(worker, first);
        worker.process = first < cases_.size() ? start_worker(pristine_, cases_, first,
                                                              options_.jobs, *worker.progress)
                                               : -1;
    }

    [[nodiscard]] bool running() const
    {
        return std::ranges::any_of(workers_, [](const Worker& w) { return w.process > 0; });
    }

    void look_at(Worker& worker)
    {
        if (worker.process <= 0) {
            return;
        }
        int status = 0;
        if (waitpid(worker.process, &status, WNOHANG) == worker.process) {
            ended(worker, status);
            return;
        }
        if (worker.progress->current != worker.watched_case) {
            watch(worker, worker.progress->current);
        } else if (!worker.killed && is_stuck(worker)) {
            worker.killed = true;
            kill(worker.process, SIGKILL);
        }
    }

    void watch(Worker& worker, std::size_t number) const
    {
        worker.watched_case = number;
        worker.watched_cpu =
            worker.process > 0 ? cpu_time(worker.process) : std::chrono::nanoseconds{};
        worker.watched_since = std::chrono::steady_clock::now();
    }

    // Judged by CPU time, because a busy machine is not a hang; by the clock only where the
    // process seems to sleep.
    [[nodiscard]] bool is_stuck(const Worker& worker) const
    {
        return cpu_time(worker.process) - worker.watched_cpu > options_.cpu_limit ||
               std::chrono::steady_clock::now() - worker.watched_since > options_.wall_limit;
    }

    void ended(Worker& worker, int status)
    {
        worker.process = -1;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            return;
        }
        const std::size_t number = worker.progress->current;
        ++failures_;
        std::printf("case %zu, %s: %s\n", number, describe(cases_[number]).c_str(),
                    how_it_ended(worker, status).c_str());
        start(worker, number + options_.jobs);
    }

    void stop()
    {
        for (Worker& worker : workers_) {
            if (worker.process > 0) {
                kill(worker.process, SIGKILL);
                waitpid(worker.process, nullptr, 0);
            }
        }
    }

    [[nodiscard]] bool summary() const
    {
        std::array<std::size_t, 5> totals{};
        const Progress* slowest = workers_.front().progress;
        for (const Worker& worker : workers_) {
            for (std::size_t i = 0; i < totals.size(); ++i) {
                totals.at(i) += worker.progress->outcomes.at(i);
            }
            slowest = worker.progress->slowest_us > slowest->slowest_us ? worker.progress : slowest;
        }
        std::printf(
            "%zu cases: %zu ok, %zu partial, %zu error reports, %zu refused, %zu wrong, "
            "%zu crashes or hangs; slowest %.1f ms of CPU (case %zu)\n",
            cases_.size(), totals[0], totals[1], totals[2], totals[3], totals[4], failures_,
            static_cast<double>(slowest->slowest_us) / 1e3, slowest->slowest_case.load());
        return failures_ == 0 && totals[4] == 0;
    }

    std::span<const std::byte> pristine_;
    std::span<const Case> cases_;
    RunOptions options_;
    std::vector<Worker> workers_;
    std::size_t failures_ = 0;
};

}  // namespace

bool run_cases(std::span<const std::byte> pristine,
               std::span<const Case> cases,
               const RunOptions& options)
{
    return Run(pristine, cases, options).all();
}

}  // namespace pycore::robustness
