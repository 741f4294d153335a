#include <algorithm>

#include "text/text_report.hpp"

namespace pycore {
namespace {

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
    out.plain(" (most recent call first):\n");
}

bool runs_python(const Thread& thread)
{
    return thread.interpreter || thread.python_thread_id || !thread.stack.empty();
}

void write_native(StyledText& out, const Thread& thread)
{
    out.plain("  ").plain(thread.tid ? std::to_string(*thread.tid) : "?");
    if (thread.registers) {
        out.plain("  at ").plain(hex(thread.registers->pc.value));
        out.plain(", stack ").plain(hex(thread.registers->sp.value));
    }
    out.plain(thread.crashed ? "  (crashed)\n" : "\n");
}

void write_native_threads(StyledText& out, const Snapshot& snapshot)
{
    const bool all = std::none_of(snapshot.threads.begin(), snapshot.threads.end(), runs_python);
    bool first = true;
    for (const Thread& thread : snapshot.threads) {
        if (runs_python(thread)) {
            continue;
        }
        if (first) {
            out.plain("\n")
                .styled(Style::heading, all ? "Threads:" : "Threads unknown to Python:")
                .plain("\n");
            first = false;
        }
        write_native(out, thread);
    }
}

}  // namespace

void write_threads(StyledText& out, const Snapshot& snapshot)
{
    for (const Thread& thread : snapshot.threads) {
        if (runs_python(thread)) {
            write_heading(out, snapshot, thread);
            write_stack(out, thread);
        }
    }
    write_native_threads(out, snapshot);
}

}  // namespace pycore
