#include "collector_options.hpp"

#include "collector/settings.hpp"
#include "fault_message.hpp"
#include "option_value.hpp"

namespace pycore {
namespace {

constexpr const char* group = "Collectors";

const char* find_mistake(const CollectorOptions& options,
                         const CLI::App& app,
                         const CommandLine& line)
{
    if (!options.wanted) {
        return options.log_journal || !options.settings_file.empty()
                   ? "--log-journal and --config are for --collector"
                   : nullptr;
    }
    if (app.count("--debuginfod") != 0 || app.count("--source-path") != 0) {
        return "--collector reads no source files and asks no server: no --source-path and no "
               "--debuginfod";
    }
    if (line.thread_list || !line.threads.empty()) {
        return "--threads and --thread do not go with --collector";
    }
    return nullptr;
}

// Without the option the settings hold, and where they say nothing what is right for hostile cores.
void lower_limits(const CLI::App& app, const CollectorSettings& settings, Limits& limits)
{
    Limits low = collector_limits();
    low.max_time = settings.time_limit;
    low.max_report_bytes = settings.max_report_size;
    low.max_unpacked_bytes = settings.max_unpacked_size;
    const auto lower = [&](const char* name, auto Limits::*member) {
        if (app.count(name) == 0) {
            limits.*member = low.*member;
        }
    };
    limits.max_unpack_memory = low.max_unpack_memory;
    lower("--max-threads", &Limits::max_threads);
    lower("--max-frames", &Limits::max_frames);
    lower("--max-report-bytes", &Limits::max_report_bytes);
    lower("--max-unpacked-bytes", &Limits::max_unpacked_bytes);
    lower("--time-limit", &Limits::max_time);
}

}  // namespace

void add_collector_options(CLI::App& app, CollectorOptions& into)
{
    app.add_flag("--collector", into.wanted, "read cores of hostile origin: in a sandbox")
        ->group(group);
    add_value(app, "--config", " FILE", std::string("settings instead of ") + default_settings_file,
              [&into](const std::string& value) { into.settings_file = value; })
        ->group(group);
    app.add_flag("--log-journal", into.log_journal,
                 "with --batch: tell systemd's journal of each new report")
        ->group(group);
}

std::optional<UsageError> apply_collector_options(const CollectorOptions& options,
                                                  const CLI::App& app,
                                                  CommandLine& line)
{
    if (const char* const mistake = find_mistake(options, app, line)) {
        return UsageError{mistake};
    }
    if (!options.wanted) {
        return std::nullopt;
    }
    const bool named = !options.settings_file.empty();
    const ReadSettings read = read_settings(named ? options.settings_file : default_settings_file);
    if (read.error && named) {
        return UsageError{"--config: " + *read.error};
    }
    if (read.error && !read.missing) {
        print_error(*read.error);
    }
    for (const std::string& warning : read.warnings) {
        print_error(warning);
    }
    lower_limits(app, read.settings, line.analysis.limits);
    if (app.count("--privacy") == 0) {
        line.analysis.privacy = read.settings.privacy;
    }
    line.analysis.files.sources = false;
    line.collector = read.settings;
    return std::nullopt;
}

}  // namespace pycore
