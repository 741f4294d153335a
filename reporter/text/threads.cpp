#include "text/exceptions.hpp"
#include "text/text_report.hpp"

namespace pycore {
namespace {

bool runs_python(const Thread& thread)
{
    return thread.interpreter || thread.python_thread_id;
}

void write_heading(StyledText& out, const Snapshot& snapshot, const Thread& thread)
{
    std::string heading = thread.crashed ? "Crashed thread" : "Thread";
    heading += thread.tid ? " " + std::to_string(*thread.tid) : " that has ended";
    if (thread.python_name) {
        heading += " \"" + *thread.python_name + "\"";
    }
    if (snapshot.interpreters.size() > 1 && thread.interpreter &&
        *thread.interpreter < snapshot.interpreters.size()) {
        heading += ", interpreter " + std::to_string(snapshot.interpreters[*thread.interpreter].id);
    }
    out.plain("\n").styled(thread.crashed ? Style::headline : Style::heading, heading);
    if (!snapshot.interpreters.empty() && !runs_python(thread)) {
        out.plain(" (unknown to Python)");
    }
    out.plain(" (most recent call first):\n");
}

}  // namespace

void write_threads(StyledText& out, const Snapshot& snapshot, const Presentation& how)
{
    const StackFolder folder(snapshot);
    const Thread* const shown = first_thread(snapshot.threads);
    for (const Thread& thread : snapshot.threads) {
        write_heading(out, snapshot, thread);
        // Of a thread that did not crash the line of source says enough.
        write_stack(out, snapshot, thread,
                    {.folder = how.all_frames ? nullptr : &folder,
                     .variables = how.all_locals || &thread == shown,
                     .underline = thread.crashed ? Underline::columns : Underline::none});
        write_exceptions(out, thread);
    }
}

}  // namespace pycore
