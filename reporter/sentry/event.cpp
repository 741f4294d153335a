#include "sentry/event.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "exchange/python_place.hpp"
#include "pycore/signal.hpp"

namespace pycore::sentry {
namespace {

// Each has less than the one before; the last is small even of the worst names.
constexpr std::array extents{
    Extent{.frames = 1000,
           .threads = 4096,
           .threads_with_variables = 4096,
           .text = 1024,
           .images = 1024},
    Extent{
        .frames = 1000, .threads = 4096, .threads_with_variables = 1, .text = 512, .images = 512},
    Extent{.frames = 500, .threads = 1024, .threads_with_variables = 1, .text = 512, .images = 256},
    Extent{.frames = 200, .threads = 500, .threads_with_variables = 1, .text = 256, .images = 256},
    Extent{.frames = 100, .threads = 100, .threads_with_variables = 1, .text = 256, .images = 128},
    Extent{.frames = 30, .threads = 100, .threads_with_variables = 0, .text = 256, .images = 64},
    Extent{.frames = 30, .threads = 30, .threads_with_variables = 0, .text = 256, .images = 64},
    Extent{.frames = 16, .threads = 8, .threads_with_variables = 0, .text = 128, .images = 16},
};
constexpr std::size_t longest_tag = 200;
constexpr std::size_t most_entries = 32;  // of the lists in `extra`

Json tags(const Draft& draft)
{
    Json made = Json::object();
    const Snapshot& snapshot = draft.snapshot();
    if (snapshot.crash) {
        made["signal"] = signal_name(snapshot.crash->signal.number);
    }
    if (draft.report.diagnosis) {
        made["crash.kind"] = name_of(draft.report.diagnosis->kind);
    }
    if (!snapshot.interpreters.empty()) {
        const Interpreter& first = snapshot.interpreters.front();
        made["python"] = exchange::text(first.version_text, longest_tag);
        made["python.free_threaded"] = first.flavour.free_threaded ? "yes" : "no";
    }
    return made;
}

Json contexts(const Draft& draft)
{
    const Snapshot& snapshot = draft.snapshot();
    Json made;
    if (!snapshot.interpreters.empty()) {
        const Interpreter& first = snapshot.interpreters.front();
        made["runtime"] = Json{
            {"type", "runtime"}, {"name", "CPython"}, {"version", draft.text(first.version_text)}};
    }
    // Nothing else has core dumps like these.
    made["os"] = Json{{"type", "os"}, {"name", "Linux"}};
    made["device"] = Json{{"type", "device"}, {"arch", name_of(snapshot.core.machine)}};
    return made;
}

// The function of the program that the event happened in.
std::string transaction_of(const Draft& draft)
{
    const auto index = main_thread(draft.report);
    if (!index) {
        return {};
    }
    for (const StackFrame& frame : draft.snapshot().threads[*index].stack) {
        const auto* python = std::get_if<PythonFrame>(&frame);
        if (python != nullptr && !exchange::place_of(python->code->file).library) {
            return exchange::text(exchange::full_name(*python->code), longest_tag);
        }
    }
    return {};
}

// The distributions that extension modules of the process came with: {"numpy": "1.24.2"}.
Json distributions(const Draft& draft)
{
    Json made = Json::object();
    for (const ModuleDescription& module : draft.snapshot().modules) {
        const auto blank = module.package ? module.package->find(' ') : std::string::npos;
        if (module.python_extension && blank != std::string::npos && made.size() < most_entries) {
            made[draft.text(module.package->substr(0, blank))] =
                draft.text(module.package->substr(blank + 1));
        }
    }
    return made;
}

Json process(const Draft& draft)
{
    const ProcessDescription& of = draft.snapshot().process;
    Json made = Json::object();
    if (of.pid) {
        made["pid"] = *of.pid;
    }
    if (of.command) {
        made["command"] = draft.text(*of.command);
    }
    if (of.executable) {
        made["executable"] = draft.text(*of.executable);
    }
    Json words = Json::array();
    for (const std::string& word : of.command_line) {
        if (words.size() < most_entries) {
            words.push_back(draft.text(word));
        }
    }
    made["command_line"] = std::move(words);
    return made;
}

Json findings(const Draft& draft)
{
    Json made = Json::array();
    for (const Deadlock& deadlock : draft.report.deadlocks) {
        if (made.size() < most_entries) {
            made.push_back(draft.text(deadlock.summary));
        }
    }
    for (const Hint& hint : draft.report.hints) {
        if (made.size() < most_entries) {
            made.push_back(draft.text(hint.id + ": " + hint.title));
        }
    }
    return made;
}

Json left_out(const Draft& draft)
{
    Json made = Json::object();
    const auto add = [&made](const char* what, std::uint64_t count) {
        if (count != 0) {
            made[what] = count;
        }
    };
    add("frames", draft.frames_left_out);
    add("threads", draft.threads_left_out);
    add("images", draft.images_left_out);
    if (draft.variables_left_out) {
        made["variables"] = "of all threads but the first";
    }
    return made;
}

Json extra(const Draft& draft)
{
    Json made;
    if (draft.report.diagnosis) {
        made["summary"] = draft.text(draft.report.diagnosis->summary);
    }
    made["process"] = process(draft);
    if (Json found = findings(draft); !found.empty()) {
        made["findings"] = std::move(found);
    }
    if (draft.report.signature) {
        made["signature"] = draft.text(draft.report.signature->text);
    }
    made["report_status"] = name_of(draft.report.status);
    made["warnings"] = draft.snapshot().gaps.size() + draft.snapshot().gaps_dropped;
    if (Json cut = left_out(draft); !cut.empty()) {
        made["left_out"] = std::move(cut);
    }
    return made;
}

std::string_view level_of(const Report& report)
{
    if (report.snapshot.crash) {
        return "fatal";
    }
    return report.deadlocks.empty() ? "info" : "error";
}

void add_head(const Draft& draft, Json& event)
{
    const Report& report = draft.report;
    event["event_id"] = event_id(report);
    event["platform"] = "native";
    event["level"] = level_of(report);
    event["logger"] = "pycore-report";
    event["sdk"] = Json{{"name", "pycore-report"}, {"version", library_version()}};
    if (const std::string place = transaction_of(draft); !place.empty()) {
        event["transaction"] = place;
    }
    if (report.signature) {
        event["fingerprint"] = Json::array({"pycore", exchange::text(report.signature->id, 64)});
    }
    event["tags"] = tags(draft);
    event["contexts"] = contexts(draft);
    if (Json modules = distributions(draft); !modules.empty()) {
        event["modules"] = std::move(modules);
    }
}

Json build(Draft& draft)
{
    Json event;
    add_head(draft, event);
    Json ends = exceptions(draft);
    const bool with_exception = !ends.empty();
    if (with_exception) {
        event["exception"] = Json{{"values", std::move(ends)}};
    } else {
        event["logentry"] =
            Json{{"message", "The process was alive when its core was taken (no signal)"}};
    }
    event["threads"] = Json{{"values", threads(draft, with_exception)}};
    event["debug_meta"] = Json{{"images", images(draft)}};
    event["extra"] = extra(draft);
    return event;
}

}  // namespace

bool Draft::full() const noexcept
{
    return bytes > most_bytes;
}

std::string Draft::text(std::string_view bytes_of_text) const
{
    return exchange::text(bytes_of_text, extent.text);
}

Json make_event(const Report& report)
{
    Json event;
    for (const Extent& extent : extents) {
        Draft draft{.report = report, .extent = extent, .thread_ids = thread_ids(report.snapshot)};
        event = build(draft);
        if (!draft.full() && event.dump().size() < most_bytes) {
            break;
        }
    }
    return event;
}

}  // namespace pycore::sentry
