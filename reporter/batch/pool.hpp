#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "batch/held_signals.hpp"
#include "batch/worker.hpp"

namespace pycore {

/// Told of each job that is over, in the order they end.
using JobDone = std::function<void(const BatchJob& job, const JobResult& result)>;

/// Runs the jobs, each in a process of its own and `request.jobs` of them at a time. `tick` is
/// called now and then. Once `may_start` says no, no more are started. On SIGINT, SIGTERM and
/// SIGHUP no more are started and those that run are ended; the number of that signal is returned,
/// else 0.
[[nodiscard]] int run_jobs(std::span<const BatchJob> jobs,
                           const BatchRequest& request,
                           const OutputFolder& folder,
                           const HeldSignals& signals,
                           const JobDone& done,
                           const std::function<void()>& tick,
                           const std::function<bool()>& may_start);

/// How many processors this process may run on.
[[nodiscard]] std::size_t processors();

}  // namespace pycore
