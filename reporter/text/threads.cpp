#include <algorithm>

#include "text/text_report.hpp"

namespace pycore {
namespace {

// As many as traceback.py shows before it says how often the line was repeated.
constexpr std::size_t repeated_lines_shown = 3;

bool same_line(const PythonFrame& a, const PythonFrame& b)
{
    return a.position.line == b.position.line && a.code->name == b.code->name &&
           a.code->file == b.code->file;
}

void write_frame(StyledText& out, const PythonFrame& frame)
{
    const PythonCode& code = *frame.code;
    const std::string& name = code.qualified_name.empty() ? code.name : code.qualified_name;
    out.plain("  File ");
    out.styled(Style::place, '"' + (code.file.empty() ? "???" : code.file) + '"');
    out.plain(", line ");
    out.styled(Style::place, frame.position.line ? std::to_string(*frame.position.line) : "???");
    out.plain(", in ").styled(Style::place, name.empty() ? "???" : name).plain("\n");
}

void write_repeats(StyledText& out, std::size_t run)
{
    if (run > repeated_lines_shown) {
        const std::size_t hidden = run - repeated_lines_shown;
        out.plain("  [Previous line repeated ").plain(std::to_string(hidden));
        out.plain(hidden == 1 ? " more time]\n" : " more times]\n");
    }
}

void write_omitted(StyledText& out, const OmittedFrames& omitted)
{
    out.plain("  ").styled(Style::warning,
                           "[" + std::to_string(omitted.count) + " frames left out by a limit]");
    out.plain("\n");
}

void write_frames(StyledText& out,
                  const std::vector<PythonFrame>& stack,
                  std::size_t first,
                  std::size_t last)
{
    std::size_t run = 0;
    for (std::size_t i = first; i < last; ++i) {
        if (i > first && !same_line(stack[i], stack[i - 1])) {
            write_repeats(out, run);
            run = 0;
        }
        if (++run <= repeated_lines_shown) {
            write_frame(out, stack[i]);
        }
    }
    write_repeats(out, run);
}

void write_stack(StyledText& out, const Thread& thread)
{
    const std::size_t frames = thread.stack.size();
    const std::size_t hole = thread.omitted ? std::min(thread.omitted->before, frames) : frames;
    write_frames(out, thread.stack, 0, hole);
    if (thread.omitted) {
        write_omitted(out, *thread.omitted);
    }
    write_frames(out, thread.stack, hole, frames);
    if (frames == 0 && !thread.omitted) {
        out.plain("  <no Python frame>\n");
    }
    if (!thread.stack_complete && !thread.omitted) {
        out.plain("  ")
            .styled(Style::warning, "[the rest of this stack could not be read]")
            .plain("\n");
    }
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
