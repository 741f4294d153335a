#include "collector/collect_core.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>

#include "batch/entry_json.hpp"
#include "batch/read_one_core.hpp"
#include "collector/error_report.hpp"
#include "collector/identity.hpp"
#include "collector/metadata.hpp"
#include "collector/nesting.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "owned_descriptor.hpp"
#include "pycore/text.hpp"
#include "sandbox/landlock.hpp"
#include "sandbox/lockdown.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t max_answer = 256 << 10;

// Private: a file without a name, that nobody can give one.
OwnedDescriptor open_unpack_file(const CollectorSettings& settings)
{
    constexpr int flags = O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC;
    for (const std::string& folder : {settings.state_directory, std::string("/var/tmp")}) {
        OwnedDescriptor file(::open(folder.c_str(), flags, S_IRUSR | S_IWUSR));
        if (file) {
            return file;
        }
    }
    return {};
}

// Part of the disk stays free, whatever a core unpacks to.
std::uint64_t most_unpacked(int file, std::uint64_t wanted)
{
    struct statvfs space {};
    if (file < 0 || ::fstatvfs(file, &space) != 0) {
        return 0;
    }
    const std::uint64_t free = std::uint64_t{space.f_bavail} * space.f_frsize;
    return std::min(wanted, free / 10 * 9);
}

Gap remark(const char* code, const char* message)
{
    return Gap{.code = code,
               .message = message,
               .address = std::nullopt,
               .thread = std::nullopt,
               .data_lost = false};
}

/// One core, from the descriptor to what came out of the sandbox.
class Collection {
public:
    Collection(const FoundCore& found, int core, const BatchRequest& request)
        : found_(found),
          core_(core),
          request_(request),
          settings_(*request.collector),
          metadata_(read_metadata(core)),
          unpacked_(open_unpack_file(settings_))
    {
    }

    [[nodiscard]] bool is_own_core() const
    {
        return metadata_.command && is_own_command(*metadata_.command);
    }

    SandboxResult run(const BatchEntry& known)
    {
        return run_sandboxed(
            rules(), [&](const SandboxView& view) { return static_cast<int>(read(view, known)); });
    }

private:
    SandboxRules rules()
    {
        const auto time = request_.analysis.limits.max_time;
        SandboxRules rules;
        rules.file_roots = roots();
        rules.identity = sandbox_identity(settings_.user, no_such_user_);
        rules.memory = settings_.memory;
        rules.file_size = request_.analysis.limits.max_unpacked_bytes;
        // The analysis looks at its limit itself; this is for what it does afterwards.
        rules.time = time + time / 4 + std::chrono::seconds(2);
        rules.kept = {core_};
        if (unpacked_) {
            rules.kept.push_back(unpacked_.number());
        }
        rules.output_limits = {max_answer};
        for (std::size_t i = 0; i < request_.formats.size(); ++i) {
            // Markup is longer than what it marks up.
            rules.output_limits.push_back(2 * request_.analysis.limits.max_report_bytes);
        }
        return rules;
    }

    [[nodiscard]] std::vector<std::string> roots() const
    {
        std::vector<std::string> roots = settings_.allowed_roots;
        if (const std::string sysroot = request_.analysis.files.sysroot.string();
            !sysroot.empty()) {
            for (std::string& root : roots) {
                root.insert(0, sysroot);
            }
        }
        return roots;
    }

    // In the sandbox.
    WorkerExit read(const SandboxView& view, const BatchEntry& known) const
    {
        BatchRequest request = request_;
        Options& options = request.analysis;
        options.files.open = view.open;
        options.unpack_file = unpacked_.number();
        options.limits.max_unpacked_bytes =
            most_unpacked(unpacked_.number(), options.limits.max_unpacked_bytes);
        request.amend = [&](Report& report) { amend(report, view.landlock); };
        BatchEntry entry = known;
        const WorkerExit end =
            read_one_core(found_, core_, view.outputs.subspan(1), request, entry);
        entry.reports.clear();
        entry.error = entry.error.value_or("");
        const std::string line = to_json_line(entry);
        const ssize_t written = ::write(view.outputs.front(), line.data(), line.size());
        return written == static_cast<ssize_t>(line.size()) ? end : WorkerExit::not_written;
    }

    void amend(Report& report, bool landlock) const
    {
        limit_nesting(report);
        std::vector<Gap>& gaps = report.snapshot.gaps;
        if (!landlock) {
            gaps.push_back(remark("sandbox-without-landlock",
                                  "this kernel has no Landlock: the core was read with seccomp "
                                  "and without rights alone"));
        }
        if (no_such_user_) {
            gaps.push_back(remark("sandbox-user-missing",
                                  "the user of the settings is not there: the core was read as "
                                  "nobody (65534)"));
        }
        for (Gap& gap : find_mismatches(metadata_, report.snapshot)) {
            gaps.push_back(std::move(gap));
        }
    }

    const FoundCore& found_;
    int core_;
    const BatchRequest& request_;
    const CollectorSettings& settings_;
    CoreMetadata metadata_;
    OwnedDescriptor unpacked_;
    bool no_such_user_ = false;
};

CollectedCore own_core(const BatchEntry& known)
{
    CollectedCore collected{.entry = known, .reports = {}};
    add_error(collected.entry, "is a core of pycore-report itself, which is not read",
              exit_status::limit);
    return collected;
}

CollectedCore failed(const FoundCore& found,
                     const BatchEntry& known,
                     const BatchRequest& request,
                     const AnalysisFailure& failure)
{
    CollectedCore collected{.entry = known, .reports = {}};
    add_error(collected.entry, failure.message, exit_status::limit);
    if (failure.late) {
        collected.entry.limits = {"time-limit"};
    }
    collected.reports =
        write_error_reports(found, failure, request.formats, request.analysis.privacy);
    return collected;
}

// It has read what a stranger wrote: what we know ourselves is not taken from it.
BatchEntry merged(const BatchEntry& answer, const BatchEntry& known)
{
    BatchEntry entry = answer;
    entry.path = known.path;
    entry.name = known.name;
    entry.size = known.size;
    entry.modified = known.modified;
    entry.origin = known.origin;
    entry.tool_version = known.tool_version;
    entry.options_key = known.options_key;
    entry.reports.clear();
    return entry;
}

}  // namespace

BatchRequest make_collector_request(const CollectorSettings& settings,
                                    std::vector<const Format*> formats)
{
    BatchRequest request;
    request.formats = std::move(formats);
    request.collector = settings;
    Options& options = request.analysis;
    options.limits = collector_limits();
    options.limits.max_time = settings.time_limit;
    options.limits.max_report_bytes = settings.max_report_size;
    options.limits.max_unpacked_bytes = settings.max_unpacked_size;
    options.privacy = settings.privacy;
    options.files.sources = false;
    return request;
}

CollectedCore collect_core(const FoundCore& found,
                           int descriptor,
                           const BatchRequest& request,
                           const BatchEntry& known)
{
    Collection collection(found, descriptor, request);
    if (collection.is_own_core()) {
        return own_core(known);
    }
    const SandboxResult result = collection.run(known);
    if (result.ending != SandboxEnding::finished) {
        return failed(found, known, request, explain_ending(result));
    }
    if (result.status == static_cast<int>(WorkerExit::own_core)) {
        return own_core(known);
    }
    if (result.status == static_cast<int>(WorkerExit::no_core)) {
        return {.entry = known, .reports = {}, .no_core = true};
    }
    const auto answer = parse_json_line(result.outputs.front());
    if (result.status != static_cast<int>(WorkerExit::done) || !answer) {
        return failed(found, known, request, explain_ending(result));
    }
    CollectedCore collected{.entry = merged(*answer, known), .reports = {}};
    if (!collected.entry.error->empty()) {
        add_error(collected.entry, *collected.entry.error, collected.entry.exit_status);
        if (collected.entry.exit_status == exit_status::limit) {
            const AnalysisFailure failure{.code = "analysis-failed",
                                          .message = *collected.entry.error};
            return failed(found, known, request, failure);
        }
        return collected;
    }
    collected.entry.error = std::nullopt;
    collected.reports.assign(result.outputs.begin() + 1, result.outputs.end());
    return collected;
}

void tell_what_sandbox_lacks(const CollectorSettings& settings)
{
    bool fallback = false;
    [[maybe_unused]] const auto identity = sandbox_identity(settings.user, fallback);
    if (fallback) {
        print_error("there is no user " + to_printable(settings.user) +
                    " (User=): the sandbox runs as nobody (65534)");
    }
    if (!has_landlock()) {
        print_error("this kernel has no Landlock: the sandbox has seccomp and no rights alone");
    }
}

void give_up_reading_rights()
{
    if (::geteuid() != 0) {
        give_up_capabilities();
    }
}

}  // namespace pycore
