#include "batch/worker.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "batch/entry_json.hpp"
#include "batch/open_core.hpp"
#include "batch/read_in_sandbox.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "pycore/signal.hpp"

namespace pycore {
namespace {

// For what the time limit of the analysis does not cover: unpacking, and writing the reports.
std::chrono::milliseconds grace_for(std::chrono::milliseconds time_limit)
{
    return std::chrono::seconds(5) + time_limit / 2;
}

constexpr std::size_t max_answer = 256 << 10;

// Its shadow of the memory is larger than any limit.
#ifdef __SANITIZE_ADDRESS__
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

void limit(__rlimit_resource resource, std::uint64_t most)
{
    const rlimit both{.rlim_cur = most, .rlim_max = most};
    ::setrlimit(resource, &both);
}

// Of all processes here this is the one to go when memory runs out.
void offer_to_oom_killer()
{
    const OwnedDescriptor file(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    [[maybe_unused]] const ssize_t written = ::write(file.number(), "1000", 4);
}

// Ctrl-C reaches the whole group of processes: the parent decides what becomes of us.
void reset_signals()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        ::signal(number, SIG_IGN);
    }
    sigset_t none{};
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// What a library may say before it aborts is not for the terminal.
void silence()
{
    const OwnedDescriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(null.number(), number);
    }
}

void become_worker(pid_t parent, std::uint64_t memory)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) {
        ::_exit(1);
    }
    reset_signals();
    silence();
    offer_to_oom_killer();
    // No core of ours: where cores go to a program it would be the next one that is read. The limit
    // does not hold there.
    limit(RLIMIT_CORE, 0);
    ::prctl(PR_SET_DUMPABLE, 0);
    // Not RLIMIT_AS: files that are mapped cost nothing.
    if (!sanitized) {
        limit(RLIMIT_DATA, memory);
    }
}

std::string content_of(int descriptor)
{
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 ||
        static_cast<std::uint64_t>(status.st_size) > max_answer) {
        return {};
    }
    std::string content(static_cast<std::size_t>(status.st_size), '\0');
    const ssize_t count = ::pread(descriptor, content.data(), content.size(), 0);
    content.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return content;
}

JobResult with_entry(BatchEntry entry)
{
    JobResult result;
    result.entry = std::move(entry);
    return result;
}

JobResult not_written(std::string why)
{
    JobResult result;
    result.not_written = std::move(why);
    return result;
}

}  // namespace

std::variant<Worker, JobResult> Worker::start(const BatchJob& job,
                                              const BatchRequest& request,
                                              const OutputFolder& folder)
{
    Worker worker;
    worker.job_ = &job;
    const OpenedFile core = open_core(job.core->path);
    worker.core_ = *job.core;
    if (core.descriptor) {
        worker.core_.size = static_cast<std::uint64_t>(core.status.st_size);
        worker.core_.modified = modification_time(core.status);
    }
    worker.entry_ = make_entry(worker.core_, origin_of(worker.core_, core.descriptor.number()),
                               request.options_key);
    if (!core.descriptor) {
        if (core.error == ENOENT) {
            return JobResult{};
        }
        const Fault fault{FaultCode::io_error, static_cast<std::uint64_t>(core.error), "core"};
        add_error(worker.entry_, fault_message("the core", fault), exit_status::unreadable);
        return with_entry(std::move(worker.entry_));
    }
    for (const std::string& name : job.reports) {
        auto file = OutputFile::create_in(folder.descriptor(), name);
        if (const auto* error = std::get_if<OutputError>(&file)) {
            return not_written(name + " " + error->reason);
        }
        worker.files_.push_back(std::move(std::get<OutputFile>(file)));
    }
    worker.answer_ = OwnedDescriptor(::memfd_create("answer", MFD_CLOEXEC));
    if (request.log_journal) {
        worker.brief_ = OwnedDescriptor(::memfd_create("brief", MFD_CLOEXEC));
        worker.metadata_ = read_metadata(core.descriptor.number());
    }
    const auto time_limit = request.analysis.limits.max_time;
    worker.killed_at_ = std::chrono::steady_clock::now() + time_limit + grace_for(time_limit);
    const pid_t parent = ::getpid();
    worker.pid_ = ::fork();
    if (worker.pid_ == 0) {
        become_worker(parent, request.worker_memory);
        worker.run(request, core.descriptor.number());
    }
    if (worker.pid_ < 0) {
        add_error(worker.entry_, std::string("no process for it: ") + std::strerror(errno),
                  exit_status::unreadable);
        return with_entry(std::move(worker.entry_));
    }
    return worker;
}

// Ends without the destructors of the parent's objects, which would take its files away.
void Worker::run(const BatchRequest& request, int core) const noexcept
{
    BatchEntry entry = entry_;
    entry.reports = job_->reports;
    std::vector<int> outputs;
    for (const OutputFile& file : files_) {
        outputs.push_back(file.descriptor());
    }
    const WorkerExit end =
        request.collector
            ? read_in_sandbox(core_, core, outputs, brief_.number(), job_->reports, request, entry)
            : read_one_core(core_, core, outputs, request, entry);
    const std::string line = to_json_line(entry);
    const ssize_t written = ::write(answer_.number(), line.data(), line.size());
    const bool complete = written == static_cast<ssize_t>(line.size());
    ::_exit(complete ? static_cast<int>(end) : 1);
}

void Worker::kill()
{
    late_ = true;
    ::kill(pid_, SIGKILL);
}

JobResult Worker::failure(int wait_status) const
{
    JobResult result = with_entry(entry_);
    std::string why = "the analysis ended without an answer; this is a bug of pycore-report";
    if (late_) {
        why = "took longer than --time-limit allows, and was stopped";
        result.entry->limits = {"time-limit"};
    } else if (WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL) {
        why = "the analysis was killed, perhaps because memory ran out";
    } else if (WIFSIGNALED(wait_status)) {
        why = "the analysis crashed (" + signal_name(WTERMSIG(wait_status)) +
              "); this is a bug of pycore-report";
    }
    add_error(*result.entry, why, exit_status::limit);
    return result;
}

// It has read what a stranger wrote: what we know ourselves is not taken from it.
BatchEntry Worker::verified(BatchEntry answer) const
{
    answer.path = entry_.path;
    answer.name = entry_.name;
    answer.size = entry_.size;
    answer.modified = entry_.modified;
    answer.origin = entry_.origin;
    answer.tool_version = entry_.tool_version;
    answer.options_key = entry_.options_key;
    if (!answer.error) {
        answer.reports = job_->reports;
    }
    return answer;
}

JobResult Worker::finish(int wait_status)
{
    const int status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
    if (status == static_cast<int>(WorkerExit::no_core)) {
        JobResult result;
        result.no_core = true;
        return result;
    }
    auto entry = parse_json_line(content_of(answer_.number()));
    if (status == static_cast<int>(WorkerExit::not_written)) {
        const std::string reason = entry && entry->error ? *entry->error : "write failed";
        return not_written(reason);
    }
    if (status != static_cast<int>(WorkerExit::done) || !entry) {
        return failure(wait_status);
    }
    *entry = verified(*std::move(entry));
    for (OutputFile& file : files_) {
        if (entry->error) {
            break;
        }
        if (const auto error = file.commit()) {
            return not_written(error->reason);
        }
    }
    JobResult result = with_entry(*std::move(entry));
    result.metadata = metadata_;
    result.brief = content_of(brief_.number());
    return result;
}

}  // namespace pycore
