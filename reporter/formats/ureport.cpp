#include "exchange/core_stacktrace.hpp"
#include "exchange/packages.hpp"
#include "format.hpp"

namespace pycore::formats {
namespace {

using exchange::Json;

// The words of satyr, for FAF counts each wording for itself.
std::string reason_of(const Snapshot& snapshot)
{
    constexpr std::size_t longest_reason = 512;
    const std::string program = exchange::executable(snapshot);
    const std::string named = program.empty() ? "<unknown>" : program;
    return exchange::text(snapshot.crash
                              ? "Program " + named + " was terminated by signal " +
                                    std::to_string(exchange::signal_number(snapshot))
                              : "Program " + named + " was alive when its core was taken",
                          longest_reason);
}

Json problem_of(const Snapshot& snapshot)
{
    exchange::CoreStacktrace stacktrace = exchange::core_stacktrace(snapshot);
    const std::string program = exchange::executable(snapshot);
    Json problem;
    problem["type"] = "core";
    problem["component"] = exchange::component(snapshot);
    problem["user"] = Json{{"root", snapshot.process.uid == 0U}, {"local", true}};
    problem["serial"] = 1;  // of a core by itself, the first of its kind
    problem["signal"] = exchange::signal_number(snapshot);
    problem["executable"] = program.empty() ? "<unknown>" : program;
    problem["pycore"] = exchange::remarks(stacktrace);
    problem["stacktrace"] = std::move(stacktrace.threads);
    return problem;
}

void write(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    const Snapshot& snapshot = report.snapshot;
    Json document;
    document["ureport_version"] = 2;
    document["reason"] = reason_of(snapshot);
    // FAF takes no hyphen here.
    document["reporter"] = Json{{"name", "pycore report"}, {"version", library_version()}};
    document["os"] = exchange::operating_system(snapshot);
    document["problem"] = problem_of(snapshot);
    document["packages"] = exchange::packages(snapshot);
    exchange::write(out, document, 2);
}

}  // namespace

extern const Format ureport;
const Format ureport{.name = "ureport",
                     .help = "uReport 2, as FAF takes it",
                     .write = write,
                     .needs_all_locals = false,
                     .suffix = "ureport.json"};

}  // namespace pycore::formats
