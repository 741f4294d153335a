#include "batch_options.hpp"

#include <algorithm>
#include <array>

#include "batch/core_names.hpp"
#include "option_value.hpp"

namespace pycore {
namespace {

constexpr const char* group = "Batch";

// These say where a report goes and how it is made, not what is in it.
bool changes_no_report(const CLI::Option& option)
{
    constexpr std::array names{"--batch", "--output-dir", "--jobs",    "--new-only",   "--force",
                               "--color", "-h",           "--version", "--log-journal"};
    return std::ranges::any_of(names,
                               [&option](const char* name) { return option.check_name(name); });
}

// HTML for people; text where this build has none.
std::vector<const Format*> usual_formats(const CommandLine& line)
{
    if (line.collector) {
        std::vector<const Format*> formats;
        for (const std::string& name : line.collector->formats) {
            formats.push_back(find_format(name));
        }
        return formats;
    }
    const Format* page = find_format("html");
    return {find_format("json"), page != nullptr ? page : find_format("text")};
}

const char* find_mistake(const BatchOptions& options,
                         const std::vector<std::string>& inputs,
                         const CommandLine& line)
{
    if (inputs.empty()) {
        return "no core file or folder given";
    }
    if (options.output_folder.empty()) {
        return "--batch needs --output-dir DIR";
    }
    if (std::ranges::count(inputs, "-") != 0) {
        return "--batch reads files, not standard input";
    }
    if (line.thread_list || !line.threads.empty()) {
        return "--threads and --thread are for a single core";
    }
    return nullptr;
}

std::variant<std::vector<const Format*>, UsageError> chosen_formats(
    const std::map<std::string_view, std::vector<std::string>>& files, const CommandLine& line)
{
    std::vector<const Format*> formats;
    for (const auto& [name, paths] : files) {
        if (std::ranges::any_of(paths, [](const std::string& path) { return path != "-"; })) {
            return UsageError{"--batch names its files itself: write --" + std::string(name)};
        }
        if (!paths.empty()) {
            formats.push_back(find_format(name));
        }
    }
    return formats.empty() ? usual_formats(line) : formats;
}

}  // namespace

void add_batch_options(CLI::App& app, BatchOptions& into)
{
    app.add_flag("--batch", into.wanted, "report on many cores: files, and those below folders")
        ->group(group);
    add_value(app, "--output-dir", " DIR", "the reports and their index go here",
              [&into](const std::string& value) { into.output_folder = value; })
        ->group(group);
    add_value(app, "--jobs", " N", "cores read at a time; default: one for each processor",
              [&into](const std::string& value) {
                  constexpr std::uint64_t most = 1024;
                  const std::uint64_t number = parse_number("jobs", value, value);
                  if (number == 0 || number > most) {
                      refuse("jobs", value, "a number that it can be");
                  }
                  into.jobs = number;
              })
        ->group(group);
    app.add_flag("--new-only", into.new_only, "leave cores alone that have a report")->group(group);
    add_value(app, "--worker-memory", " SIZE", "memory for each core that is read",
              [&into](const std::string& value) {
                  into.worker_memory = parse_size("worker-memory", value);
              })
        ->group(group);
}

std::string option_of_batch(const CLI::App& app)
{
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group() == group && option->count() != 0 &&
            !option->check_name("--batch")) {
            return option->get_name();
        }
    }
    return {};
}

std::string options_key(const CLI::App& app)
{
    std::string all;
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() == 0 || !option->nonpositional() || changes_no_report(*option)) {
            continue;
        }
        all += option->get_name() + "\n";
        for (const std::string& value : option->results()) {
            all += " " + value + "\n";
        }
    }
    return stable_hash(all);
}

std::variant<BatchRequest, UsageError> make_batch_request(
    const BatchOptions& options,
    const std::vector<std::string>& inputs,
    const std::map<std::string_view, std::vector<std::string>>& files,
    const CommandLine& line)
{
    if (const char* mistake = find_mistake(options, inputs, line)) {
        return UsageError{mistake};
    }
    auto formats = chosen_formats(files, line);
    if (const auto* error = std::get_if<UsageError>(&formats)) {
        return *error;
    }
    BatchRequest request;
    request.inputs = inputs;
    request.output_folder = options.output_folder;
    request.formats = std::get<std::vector<const Format*>>(std::move(formats));
    request.jobs = options.jobs;
    request.new_only = options.new_only;
    request.force = line.force;
    request.worker_memory = options.worker_memory;
    request.all_frames = line.all_frames;
    request.all_locals = line.locals == Locals::all_threads;
    request.analysis = line.analysis;
    request.collector = line.collector;
    const bool all = std::ranges::any_of(
        request.formats, [](const Format* format) { return format->needs_all_locals; });
    request.analysis.locals =
        line.locals.value_or(all ? Locals::all_threads : Locals::crashed_thread);
    return request;
}

}  // namespace pycore
