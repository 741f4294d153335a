#include "format.hpp"
#include "sentry/event.hpp"

namespace pycore::formats {
namespace {

void write(const Report& report, std::ostream& out, const Presentation& /*how*/)
{
    exchange::write(out, pycore::sentry::make_event(report), -1);
}

}  // namespace

extern const Format sentry;
const Format sentry{.name = "sentry",
                    .help = "an event for Sentry, at most 900 KB",
                    .write = write,
                    .needs_all_locals = false,
                    .suffix = "sentry.json"};

}  // namespace pycore::formats
