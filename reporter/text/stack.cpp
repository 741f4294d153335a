#include <algorithm>
#include <span>

#include "text/stack_rows.hpp"
#include "text/text_report.hpp"

namespace pycore {
namespace {

using Rows = std::span<const StackRow>;

// As many as traceback.py shows before it says how often the line was repeated. It folds only runs
// of one line; recursion through several functions, as of a property and __getattr__, is as common.
constexpr std::size_t rounds_shown = 3;
constexpr std::size_t max_period = 16;

// How often the first `period` rows come one after the other.
std::size_t rounds_of(Rows rows, std::size_t period)
{
    std::size_t same = 0;
    while (same + period < rows.size() && same_row(rows[same], rows[same + period])) {
        ++same;
    }
    return same / period + 1;
}

struct Repeat {
    std::size_t period = 1;
    std::size_t rounds = 1;
};

// The shortest pattern at the start of `rows` that is worth folding.
Repeat find_repeat(Rows rows)
{
    for (std::size_t period = 1; period <= std::min(max_period, rows.size()); ++period) {
        if (const std::size_t rounds = rounds_of(rows, period); rounds > rounds_shown) {
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

void write_row(StyledText& out,
               const Snapshot& snapshot,
               const StackRow& row,
               const StackStyle& style)
{
    if (row.frame != nullptr) {
        write_frame(out, snapshot, *row.frame, style.underline);
        const auto* const python = std::get_if<PythonFrame>(row.frame);
        if (style.variables && python != nullptr && python->variables) {
            write_variables(out, *python->variables);
        }
        return;
    }
    const std::string count = std::to_string(row.folded);
    out.plain("  ").styled(Style::faint,
                           "[" + count + " interpreter frame" + (row.folded == 1 ? "]" : "s]"));
    out.plain("\n");
}

void write_rows(StyledText& out, const Snapshot& snapshot, Rows rows, const StackStyle& style)
{
    while (!rows.empty()) {
        const Repeat repeat = find_repeat(rows);
        const std::size_t shown = repeat.period * std::min(repeat.rounds, rounds_shown);
        for (const StackRow& row : rows.first(shown)) {
            write_row(out, snapshot, row, style);
        }
        if (repeat.rounds > rounds_shown) {
            write_repeat(out, repeat);
        }
        rows = rows.subspan(repeat.period * repeat.rounds);
    }
}

void write_omitted(StyledText& out, const OmittedFrames& omitted)
{
    out.plain("  ").styled(Style::warning,
                           "[" + std::to_string(omitted.count) + " frames left out by a limit]");
    out.plain("\n");
}

}  // namespace

void write_stack(StyledText& out,
                 const Snapshot& snapshot,
                 const Thread& thread,
                 const StackStyle& style)
{
    const auto rows_between = [&](std::size_t first, std::size_t last) {
        return style.folder == nullptr ? unfolded_rows(thread, first, last)
                                       : style.folder->rows(thread, first, last);
    };
    const std::size_t size = thread.stack.size();
    const std::size_t hole = thread.omitted ? std::min(thread.omitted->before, size) : size;
    write_rows(out, snapshot, rows_between(0, hole), style);
    if (thread.omitted) {
        write_omitted(out, *thread.omitted);
    }
    write_rows(out, snapshot, rows_between(hole, size), style);
    if (size == 0 && !thread.omitted) {
        out.plain("  <no frame>\n");
    }
    if (!thread.stack_complete && !thread.omitted) {
        out.plain("  ").styled(Style::warning, "[this stack is not complete: see below]");
        out.plain("\n");
    }
}

}  // namespace pycore
