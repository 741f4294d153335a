#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "batch/entry.hpp"
#include "batch/output_folder.hpp"
#include "batch/request.hpp"
#include "collector/metadata.hpp"

namespace pycore {

/// One core to read, and what its reports are called, a name for each format of the request.
struct BatchJob {
    const FoundCore* core = nullptr;
    std::vector<std::string> reports;
};

/// What came of a job.
struct JobResult {
    std::optional<BatchEntry> entry;  ///< for the index; none where there is nothing to index
    bool no_core = false;             ///< a compressed file that holds something else
    CoreMetadata metadata{};          ///< of the core's file, for the journal
    std::string brief;                ///< the report in a few lines, for the journal
    std::string not_written;          ///< why a report could not be written; empty: all were
};

/// A process of its own that reads one core and writes its reports to files that have no name yet.
/// However it ends, nothing is lost but this core's reports, and nothing stays behind.
class Worker {
public:
    /// Starts it, or says at once what came of the job.
    static std::variant<Worker, JobResult> start(const BatchJob& job,
                                                 const BatchRequest& request,
                                                 const OutputFolder& folder);

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    [[nodiscard]] const BatchJob& job() const noexcept { return *job_; }

    /// When it has had its time, and more.
    [[nodiscard]] bool is_late(std::chrono::steady_clock::time_point now) const noexcept
    {
        return now >= killed_at_;
    }

    void kill();

    /// After `waitpid` gave `wait_status`: gives the reports their names.
    JobResult finish(int wait_status);

private:
    Worker() = default;
    // An exception that left it would run the parent's destructors.
    [[noreturn]] void run(const BatchRequest& request, int core) const noexcept;
    [[nodiscard]] JobResult failure(int wait_status) const;
    [[nodiscard]] BatchEntry verified(BatchEntry answer) const;

    const BatchJob* job_ = nullptr;
    pid_t pid_ = -1;
    FoundCore core_;                 // as it was when it was opened
    BatchEntry entry_;               // before anything was read
    std::vector<OutputFile> files_;  // one for each report
    OwnedDescriptor answer_;         // a line of JSON
    OwnedDescriptor brief_;          // text; none where nobody wants it
    CoreMetadata metadata_;
    std::chrono::steady_clock::time_point killed_at_;
    bool late_ = false;
};

}  // namespace pycore
