#include <algorithm>
#include <span>

#include "text/text_report.hpp"

namespace pycore {
namespace {

using Frames = std::span<const PythonFrame>;

// As many as traceback.py shows before it says how often the line was repeated. It folds only runs
// of one line; recursion through several functions, as of a property and __getattr__, is as common.
constexpr std::size_t rounds_shown = 3;
constexpr std::size_t max_period = 8;

bool same_line(const PythonFrame& a, const PythonFrame& b)
{
    if (a.position.line != b.position.line) {
        return false;
    }
    return a.code == b.code || (a.code->name == b.code->name && a.code->file == b.code->file);
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

// How often the first `period` frames come one after the other.
std::size_t rounds_of(Frames frames, std::size_t period)
{
    std::size_t same = 0;
    while (same + period < frames.size() && same_line(frames[same], frames[same + period])) {
        ++same;
    }
    return same / period + 1;
}

struct Repeat {
    std::size_t period = 1;
    std::size_t rounds = 1;
};

// The shortest pattern at the start of `frames` that is worth folding.
Repeat find_repeat(Frames frames)
{
    for (std::size_t period = 1; period <= std::min(max_period, frames.size()); ++period) {
        if (const std::size_t rounds = rounds_of(frames, period); rounds > rounds_shown) {
            return Repeat{.period = period, .rounds = rounds};
        }
    }
    return {};
}

void write_repeat(StyledText& out, const Repeat& repeat)
{
    const std::size_t hidden = repeat.rounds - rounds_shown;
    out.plain("  [Previous ");
    out.plain(repeat.period == 1 ? "line" : std::to_string(repeat.period) + " lines");
    out.plain(" repeated ").plain(std::to_string(hidden));
    out.plain(hidden == 1 ? " more time]\n" : " more times]\n");
}

void write_frames(StyledText& out, Frames frames)
{
    while (!frames.empty()) {
        const Repeat repeat = find_repeat(frames);
        const std::size_t shown = repeat.period * std::min(repeat.rounds, rounds_shown);
        for (const PythonFrame& frame : frames.first(shown)) {
            write_frame(out, frame);
        }
        if (repeat.rounds > rounds_shown) {
            write_repeat(out, repeat);
        }
        frames = frames.subspan(repeat.period * repeat.rounds);
    }
}

void write_omitted(StyledText& out, const OmittedFrames& omitted)
{
    out.plain("  ").styled(Style::warning,
                           "[" + std::to_string(omitted.count) + " frames left out by a limit]");
    out.plain("\n");
}

}  // namespace

void write_stack(StyledText& out, const Thread& thread)
{
    const Frames frames(thread.stack);
    const std::size_t hole =
        thread.omitted ? std::min(thread.omitted->before, frames.size()) : frames.size();
    write_frames(out, frames.first(hole));
    if (thread.omitted) {
        write_omitted(out, *thread.omitted);
    }
    write_frames(out, frames.subspan(hole));
    if (frames.empty() && !thread.omitted) {
        out.plain("  <no Python frame>\n");
    }
    if (!thread.stack_complete && !thread.omitted) {
        out.plain("  ").styled(Style::warning, "[this stack is not complete: see below]");
        out.plain("\n");
    }
}

}  // namespace pycore
