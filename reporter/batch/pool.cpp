#include "batch/pool.hpp"

#include <sched.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <vector>

namespace pycore {
namespace {

class Pool {
public:
    Pool(std::span<const BatchJob> jobs,
         const BatchRequest& request,
         const OutputFolder& folder,
         const JobDone& done,
         const std::function<bool()>& may_start)
        : waiting_(jobs), request_(request), folder_(folder), done_(done), may_start_(may_start)
    {
    }

    [[nodiscard]] bool is_finished() const { return waiting_.empty() && running_.empty(); }

    void start_more()
    {
        while (!waiting_.empty() && running_.size() < std::max<std::size_t>(request_.jobs, 1)) {
            if (!may_start_()) {
                waiting_ = {};
                return;
            }
            const BatchJob& job = waiting_.front();
            waiting_ = waiting_.subspan(1);
            auto started = Worker::start(job, request_, folder_);
            if (auto* worker = std::get_if<Worker>(&started)) {
                running_.push_back(std::move(*worker));
            } else {
                done_(job, std::get<JobResult>(started));
            }
        }
    }

    void collect_ended()
    {
        std::vector<Worker> still_running;
        for (Worker& worker : running_) {
            int status = 0;
            if (::waitpid(worker.pid(), &status, WNOHANG) == worker.pid()) {
                done_(worker.job(), worker.finish(status));
            } else {
                still_running.push_back(std::move(worker));
            }
        }
        running_ = std::move(still_running);
    }

    void kill_late()
    {
        const auto now = std::chrono::steady_clock::now();
        for (Worker& worker : running_) {
            if (worker.is_late(now)) {
                worker.kill();
            }
        }
    }

    void stop()
    {
        waiting_ = {};
        for (Worker& worker : running_) {
            worker.kill();
        }
        for (const Worker& worker : running_) {
            while (::waitpid(worker.pid(), nullptr, 0) < 0 && errno == EINTR) {
            }
        }
        running_.clear();
    }

private:
    std::span<const BatchJob> waiting_;
    const BatchRequest& request_;
    const OutputFolder& folder_;
    const JobDone& done_;
    const std::function<bool()>& may_start_;
    std::vector<Worker> running_;
};

}  // namespace

int run_jobs(std::span<const BatchJob> jobs,
             const BatchRequest& request,
             const OutputFolder& folder,
             const HeldSignals& /*signals*/,
             const JobDone& done,
             const std::function<void()>& tick,
             const std::function<bool()>& may_start)
{
    Pool pool(jobs, request, folder, done, may_start);
    pool.start_more();
    while (!pool.is_finished()) {
        HeldSignals::wait();
        if (const int stop = HeldSignals::stop_request(); stop != 0) {
            pool.stop();
            return stop;
        }
        pool.collect_ended();
        pool.kill_late();
        pool.start_more();
        tick();
    }
    return 0;
}

std::size_t processors()
{
    cpu_set_t allowed{};
    if (::sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
        return 1;
    }
    return static_cast<std::size_t>(std::max(CPU_COUNT(&allowed), 1));
}

}  // namespace pycore
