#include "text/exceptions.hpp"

#include <set>

#include "text/traceback_writer.hpp"

namespace pycore {
namespace {

constexpr std::string_view indent = "    ";

/// The exceptions that Python prints with this one, by their objects.
void add_shown(const Exception& exception, std::set<Address>& shown)
{
    for (const Exception* at = &exception; at != nullptr;) {
        shown.insert(at->address);
        const bool cause = at->cause && !at->cause->repeated;
        at = cause ? at->cause.get() : at->suppress_context ? nullptr : at->context.get();
    }
}

}  // namespace

void write_exceptions(StyledText& out, const Thread& thread)
{
    if (!thread.exception) {
        return;
    }
    std::set<Address> shown;
    out.plain(thread.exception_raised ? "  An exception was being raised:\n"
                                      : "  An exception was being handled:\n");
    TracebackWriter(out, indent).write_chain(*thread.exception);
    add_shown(*thread.exception, shown);
    for (const Exception& exception : thread.handled) {
        // Most often it is the context of the one before.
        if (shown.contains(exception.address)) {
            continue;
        }
        out.plain("  While this one was being handled:\n");
        TracebackWriter(out, indent).write_chain(exception);
        add_shown(exception, shown);
    }
}

}  // namespace pycore
