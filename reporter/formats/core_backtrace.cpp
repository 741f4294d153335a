#include "exchange/core_stacktrace.hpp"
#include "format.hpp"

namespace pycore::formats {
namespace {

void write(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    exchange::CoreStacktrace stacktrace = exchange::core_stacktrace(report.snapshot);
    exchange::Json document;
    document["signal"] = exchange::signal_number(report.snapshot);
    if (const auto program = exchange::executable(report.snapshot); !program.empty()) {
        document["executable"] = program;
    }
    document["pycore"] = exchange::remarks(stacktrace);
    document["stacktrace"] = std::move(stacktrace.threads);
    exchange::write(out, document, 2);
}

}  // namespace

extern const Format core_backtrace;
const Format core_backtrace{.name = "core-backtrace",
                            .help = "ABRT's core_backtrace, with Python frames in it",
                            .write = write,
                            .needs_all_locals = false,
                            .suffix = "core_backtrace"};

}  // namespace pycore::formats
