#include <algorithm>

#include "text/exceptions.hpp"
#include "text/text_report.hpp"
#include "view/facts.hpp"
#include "view/thread_groups.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore {
namespace {

void write_heading(StyledText& out, const Snapshot& snapshot, const Thread& thread)
{
    out.plain("\n").styled(thread.crashed ? Style::headline : Style::heading,
                           thread_heading(snapshot, thread));
    out.plain(is_known_to_python(snapshot, thread) ? "" : " (unknown to Python)");
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
    write_wrapped(out, "[" + counted(others.size(), "more thread") +
                           " like this: " + to_printable(list_text(names, most_names)) + "]");
}

bool is_wanted(const Thread& thread, const Presentation& how)
{
    return how.threads.empty() ||
           (thread.tid && std::ranges::find(how.threads, *thread.tid) != how.threads.end());
}

}  // namespace

void write_threads(StyledText& out, const Report& report, const Presentation& how)
{
    const Snapshot& snapshot = report.snapshot;
    const StackFolder folder(snapshot);
    const Thread* const first = first_thread(snapshot.threads);
    // Variables differ where nothing else does.
    const bool alone = how.all_locals || !how.threads.empty();
    const auto groups = alone ? ungrouped_threads(snapshot) : group_threads(report);
    for (const ThreadGroup& group : groups) {
        const Thread& thread = snapshot.threads[group.shown];
        if (!is_wanted(thread, how)) {
            continue;
        }
        write_heading(out, snapshot, thread);
        write_state(out, snapshot, group.shown);
        // Of a thread that did not crash the line of source says enough.
        write_stack(out, snapshot, thread,
                    {.folder = how.all_frames ? nullptr : &folder,
                     .variables = alone || &thread == first,
                     .underline = thread.crashed ? Underline::columns : Underline::none});
        write_exceptions(out, thread);
        write_others(out, snapshot, group.others);
    }
}

}  // namespace pycore
