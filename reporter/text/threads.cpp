#include "text/exceptions.hpp"
#include "text/text_report.hpp"
#include "text/thread_groups.hpp"
#include "text/thread_state.hpp"

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

void write_state(StyledText& out, const Snapshot& snapshot, std::size_t thread)
{
    for (const std::string& text :
         {state_text(snapshot, snapshot.threads[thread]), holds_text(snapshot, thread)}) {
        if (!text.empty()) {
            write_wrapped(out, to_printable(text));
        }
    }
}

void write_others(StyledText& out, const Snapshot& snapshot, const std::vector<std::size_t>& others)
{
    constexpr std::size_t most_names = 50;
    if (others.empty()) {
        return;
    }
    std::vector<std::string> names;
    for (const std::size_t thread : others) {
        names.push_back(thread_text(snapshot, thread));
    }
    const std::string count = std::to_string(others.size()) + " more thread";
    write_wrapped(out, "[" + count + (others.size() == 1 ? "" : "s") +
                           " like this: " + to_printable(list_text(names, most_names)) + "]");
}

}  // namespace

void write_threads(StyledText& out, const Report& report, const Presentation& how)
{
    const Snapshot& snapshot = report.snapshot;
    const StackFolder folder(snapshot);
    const Thread* const first = first_thread(snapshot.threads);
    // Variables differ where nothing else does.
    const auto groups = how.all_locals ? ungrouped_threads(snapshot) : group_threads(report);
    for (const ThreadGroup& group : groups) {
        const Thread& thread = snapshot.threads[group.shown];
        write_heading(out, snapshot, thread);
        write_state(out, snapshot, group.shown);
        // Of a thread that did not crash the line of source says enough.
        write_stack(out, snapshot, thread,
                    {.folder = how.all_frames ? nullptr : &folder,
                     .variables = how.all_locals || &thread == first,
                     .underline = thread.crashed ? Underline::columns : Underline::none});
        write_exceptions(out, thread);
        write_others(out, snapshot, group.others);
    }
}

}  // namespace pycore
