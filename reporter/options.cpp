#include "options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string_view>

#include "batch_options.hpp"
#include "collector_options.hpp"
#include "file_options.hpp"
#include "help.hpp"
#include "limit_options.hpp"
#include "option_value.hpp"
#include "pycore/text.hpp"
#include "schema.hpp"

namespace pycore {
namespace {

using Outcome = std::variant<CommandLine, BatchRequest, SelfCheckRequest, Notice, UsageError>;

// What the options are collected in before they are checked together.
struct Collected {
    CommandLine line;
    BatchOptions batch;
    CollectorOptions collector;
    std::string positional;
    std::vector<std::string> positionals;  // that one, and all others
    std::string core_option;
    std::string output;
    std::map<std::string_view, std::vector<std::string>> requests;  // format -> files
};

std::chrono::milliseconds parse_time(const std::string& value)
{
    constexpr std::uint64_t most = 1'000'000'000;
    const std::uint64_t seconds = parse_number("time-limit", value, value);
    if (seconds > most) {
        refuse("time-limit", value, "a time that it can be");
    }
    return std::chrono::seconds(seconds);
}

std::int32_t parse_tid(const std::string& value)
{
    const std::uint64_t number = parse_number("thread", value, value);
    if (number > INT32_MAX) {
        refuse("thread", value, "the number of a thread");
    }
    return static_cast<std::int32_t>(number);
}

void add_outputs(CLI::App& app, Collected& into)
{
    for (const Format* format : all_formats()) {
        const std::string name(format->name);
        app.add_flag("--" + name + "{-}", into.requests[format->name],
                     std::string(format->help) + (name == "text" ? " (default)" : ""))
            ->option_text("[=FILE]")
            ->group("Output");
    }
    add_value(app, "-o,--output", " FILE", "write to FILE instead of standard output",
              [&into](const std::string& value) { into.output = value; })
        ->group("Output");
    app.add_flag("--force", into.line.force, "replace an output file that exists")->group("Output");
    const std::map<std::string, Color> colors{
        {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}};
    add_value(app, "--color", "=WHEN", "auto (default), always or never",
              [&into, colors](const std::string& value) {
                  if (!colors.contains(value)) {
                      refuse("color", value, "auto, always or never");
                  }
                  into.line.color = colors.at(value);
              })
        ->group("Output");
}

void add_contents(CLI::App& app, Collected& into)
{
    app.add_flag("--all-frames", into.line.all_frames,
                 "show the interpreter's own C frames too, not only their number")
        ->group("Output");
    app.add_flag("--threads", into.line.thread_list, "list the threads, a line each (text)")
        ->group("Output");
    add_value(app, "--thread", " TID",
              "show this thread alone, with its variables (text; repeatable)",
              [&into](const std::string& value) { into.line.threads.push_back(parse_tid(value)); })
        ->trigger_on_parse()
        ->group("Output");
    app.add_flag_callback(
           "--no-lines", [&into] { into.line.analysis.lines = false; },
           "leave source lines of C code out, and read no DWARF for them")
        ->group("Output");
    app.add_flag_callback(
           "--no-modules", [&into] { into.line.analysis.modules = false; },
           "leave the list of ELF files out")
        ->group("Output");
    app.add_flag_callback(
           "--modules", [&into] { into.line.analysis.python_modules = true; },
           "list the Python modules and packages that were imported")
        ->group("Output");
}

void add_locals(CLI::App& app, Collected& into)
{
    app.add_flag_callback(
           "--locals", [&into] { into.line.locals = Locals::all_threads; },
           "show the variables of every thread, not only of the crashed one")
        ->group("Output");
    app.add_flag_callback(
           "--no-locals", [&into] { into.line.locals = Locals::none; }, "read no variables")
        ->group("Output");
    app.add_flag("--globals", into.line.analysis.globals,
                 "show names of the innermost module and of class bodies")
        ->group("Output");
}

void add_privacy(CLI::App& app, Options& options)
{
    const std::map<std::string, PrivacyLevel> levels{{"local", PrivacyLevel::local},
                                                     {"public", PrivacyLevel::open}};
    add_value(app, "--privacy", "=LEVEL",
              "local (default): secrets are taken out; public: all values are",
              [&options, levels](const std::string& value) {
                  if (!levels.contains(value)) {
                      refuse("privacy", value, "local or public");
                  }
                  options.privacy = levels.at(value);
              })
        ->group("Output");
    add_value(app, "--redact", " PATTERN",
              "take out this text too, * for any part of a word (repeatable)",
              [&options](const std::string& value) { options.redact.push_back(value); })
        ->trigger_on_parse()
        ->group("Output");
    app.add_flag("--environment", options.environment, "list the environment of the process")
        ->group("Output");
}

void add_cores(CLI::App& app, Collected& into)
{
    app.add_option("CORE", into.positional);
    add_value(app, "-c,--core", " CORE", "the core; the other argument is then the executable",
              [&into](const std::string& value) { into.core_option = value; })
        ->group("Files");
}

void add_limits(CLI::App& app, Limits& limits)
{
    for (const LimitOption& limit : limit_options()) {
        const std::string name(limit.name);
        add_value(app, "--" + name,
                  limit.bytes != nullptr || name.ends_with("bytes") ? " SIZE" : " N",
                  std::string(limit.help),
                  [&limits, &limit, name](const std::string& value) {
                      const std::uint64_t number = parse_size(name, value);
                      if (limit.count != nullptr) {
                          limits.*limit.count = number;
                      } else {
                          limits.*limit.bytes = number;
                      }
                  })
            ->group("Limits");
    }
    add_value(app, "--time-limit", " SECONDS", "wall time of the analysis",
              [&limits](const std::string& value) { limits.max_time = parse_time(value); })
        ->group("Limits");
}

void choose_core(Collected& from)
{
    if (from.core_option.empty()) {
        from.line.core = from.positional;
        return;
    }
    from.line.core = from.core_option;
    if (from.line.analysis.files.executable.empty()) {
        from.line.analysis.files.executable = from.positional;
    }
}

void choose_outputs(Collected& from)
{
    for (const Format* format : all_formats()) {
        for (const std::string& path : from.requests[format->name]) {
            from.line.outputs.push_back(OutputRequest{.format = format, .path = path});
        }
    }
    if (from.line.outputs.empty()) {
        from.line.outputs.push_back(OutputRequest{.format = find_format("text"), .path = "-"});
    }
}

void choose_locals(CommandLine& line)
{
    const bool all = std::ranges::any_of(
        line.outputs, [](const OutputRequest& output) { return output.format->needs_all_locals; });
    line.analysis.locals = line.locals.value_or(
        all || !line.threads.empty() ? Locals::all_threads : Locals::crashed_thread);
}

std::optional<UsageError> check_outputs(Collected& from)
{
    std::vector<OutputRequest>& outputs = from.line.outputs;
    if (!from.output.empty()) {
        if (outputs.size() != 1 || outputs.front().path != "-") {
            return UsageError{
                "-o names the file of a single format; write --FORMAT=FILE for several"};
        }
        outputs.front().path = from.output;
    }
    const bool narrowed = from.line.thread_list || !from.line.threads.empty();
    if (narrowed && std::ranges::none_of(outputs, [](const OutputRequest& output) {
            return output.format->name == "text";
        })) {
        return UsageError{"--threads and --thread narrow the text; other formats have all threads"};
    }
    std::map<std::string_view, int> uses;
    for (const OutputRequest& output : outputs) {
        if (++uses[output.path] > 1) {
            return UsageError{output.path == "-"
                                  ? "two formats for standard output; write --FORMAT=FILE for one"
                                  : "two reports for one file: " + to_printable(output.path)};
        }
    }
    return std::nullopt;
}

// CLI11 takes an empty value for a missing one, and then the next word for the value.
std::optional<UsageError> find_empty_value(int count, const char* const* arguments)
{
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--") {
            break;
        }
        if (argument.empty() || (argument.starts_with("--") && argument.ends_with('='))) {
            return UsageError{"empty argument: '" + to_printable(argument) + "'"};
        }
    }
    return std::nullopt;
}

Outcome check_batch(const Collected& collected, const CLI::App& app)
{
    if (!collected.core_option.empty() || !collected.output.empty()) {
        return UsageError{
            "--batch takes cores as they are, and writes to --output-dir: no -c and no -o"};
    }
    auto request = make_batch_request(collected.batch, collected.positionals, collected.requests,
                                      collected.line);
    if (const auto* error = std::get_if<UsageError>(&request)) {
        return *error;
    }
    std::get<BatchRequest>(request).options_key = options_key(app);
    std::get<BatchRequest>(request).log_journal = collected.collector.log_journal;
    return std::get<BatchRequest>(std::move(request));
}

// An option that took several words would take "[a,b]" for two.
void collect_positionals(const CLI::App& app, Collected& into)
{
    if (!into.positional.empty()) {
        into.positionals.push_back(into.positional);
    }
    bool only_names = false;
    for (const std::string& word : app.remaining()) {
        if (word == "--" && !only_names) {
            only_names = true;
        } else if (word.starts_with('-') && word != "-" && !only_names) {
            throw CLI::ExtrasError(app.remaining());
        } else {
            into.positionals.push_back(word);
        }
    }
}

Outcome check(Collected& collected, const CLI::App& app)
{
    if (const auto error = apply_collector_options(collected.collector, app, collected.line)) {
        return *error;
    }
    if (collected.batch.wanted) {
        return check_batch(collected, app);
    }
    if (collected.collector.log_journal) {
        return UsageError{"--log-journal is for --batch"};
    }
    if (const auto misplaced = option_of_batch(app); !misplaced.empty()) {
        return UsageError{misplaced + " is for --batch"};
    }
    if (collected.positionals.size() > 1) {
        return UsageError{"more than one core: " + to_printable(collected.positionals[1]) +
                          "; write --batch for several"};
    }
    choose_core(collected);
    choose_outputs(collected);
    choose_locals(collected.line);
    if (const auto error = check_outputs(collected)) {
        return *error;
    }
    if (collected.line.core.empty()) {
        return UsageError{"no core file given"};
    }
    return std::move(collected.line);
}

}  // namespace

Outcome parse_command_line(int count, const char* const* arguments)
{
    if (const auto error = find_empty_value(count, arguments)) {
        return *error;
    }
    Collected collected;
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    add_outputs(app, collected);
    add_contents(app, collected);
    add_locals(app, collected);
    add_privacy(app, collected.line.analysis);
    add_cores(app, collected);
    add_batch_options(app, collected.batch);
    add_collector_options(app, collected.collector);
    add_file_options(app, collected.line.analysis.files);
    add_limits(app, collected.line.analysis.limits);
    const auto* help = app.add_flag("-h,--help")->description("this text")->group("Help");
    const auto* self_check =
        app.add_flag("--self-check")
            ->description("say what this host has, and what a report would miss")
            ->group("Help");
    const auto* version = app.add_flag("--version")->description("the version")->group("Help");
    const auto* schema =
        app.add_flag("--print-schema")->description("the JSON Schema of --json")->group("Help");
    try {
        app.parse(count, arguments);
        collect_positionals(app, collected);
    } catch (const CLI::ParseError& error) {
        return UsageError{to_printable(error.what())};
    }
    if (help->count() != 0) {
        return Notice{help_text(app)};
    }
    if (self_check->count() != 0) {
        return SelfCheckRequest{};
    }
    if (version->count() != 0) {
        return Notice{version_text()};
    }
    if (schema->count() != 0) {
        return Notice{std::string(report_schema())};
    }
    return check(collected, app);
}

}  // namespace pycore
