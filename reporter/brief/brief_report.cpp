#include "brief/brief_report.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "pycore/text.hpp"
#include "text/styled_text.hpp"
#include "view/facts.hpp"
#include "view/stack_view.hpp"
#include "view/thread_place.hpp"
#include "view/thread_state.hpp"
#include "view/words.hpp"

namespace pycore {
namespace {

// Together with the lines that come once: fewer than 25.
constexpr std::size_t most_deadlocks = 2;
constexpr std::size_t most_native = 3;  // frames, and a line for the others
constexpr std::size_t most_inner = 3;
constexpr std::size_t most_outer = 2;
constexpr std::size_t most_hints = 2;
constexpr std::size_t longest_line = 400;  // bytes

std::string cut(std::string text)
{
    if (text.size() <= longest_line) {
        return text;
    }
    std::size_t end = longest_line;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    return text.substr(0, end) + " ...";
}

void write_line(StyledText& out, const std::string& text, Style style = Style::plain)
{
    out.styled(style, cut(to_printable(text))).plain("\n");
}

void write_answer(StyledText& out, const Report& report)
{
    const std::size_t told = std::min(report.deadlocks.size(), most_deadlocks);
    for (std::size_t i = 0; i < told; ++i) {
        write_line(out, report.deadlocks[i].summary, Style::headline);
    }
    if (const std::size_t rest = report.deadlocks.size() - told; rest != 0) {
        write_line(out, counted(rest, "more deadlock"), Style::headline);
    }
    if (report.diagnosis) {
        write_line(out, report.diagnosis->summary, Style::headline);
    }
    std::string process = headline(report.snapshot);
    for (const Fact& fact : facts(report)) {
        process += fact.name == "python" ? "; " + fact.value : "";
    }
    write_line(out, process);
    for (const Fact& fact : facts(report)) {
        if (fact.name == "command" || fact.name == "core" || fact.name == "signature") {
            write_line(out, std::string(fact.name) + ": " + fact.value);
        }
    }
}

// The C frames of the place where it died, then the Python frames alone.
struct StackLines {
    std::vector<std::string> native;
    std::vector<std::string> python;
};

StackLines stack_lines(const Snapshot& snapshot, const Thread& thread)
{
    StackLines lines;
    const StackFolder folder(snapshot);
    for (const StackItem& item : stack_items(thread, &folder)) {
        using Kind = StackItem::Kind;
        if (item.kind == Kind::frame && std::holds_alternative<PythonFrame>(*item.frame)) {
            lines.python.push_back(short_frame_text(snapshot, *item.frame));
        } else if (item.kind == Kind::frame && lines.python.empty()) {
            lines.native.push_back(short_frame_text(snapshot, *item.frame));
        } else if (item.kind == Kind::repeat || item.kind == Kind::omitted) {
            auto& last = lines.python.empty() ? lines.native : lines.python;
            last.push_back("[" + words_of(item) + "]");
        }
    }
    return lines;
}

/// All of them, or the first and the last ones.
void write_ends(StyledText& out,
                const std::vector<std::string>& lines,
                std::size_t first,
                std::size_t last)
{
    const std::size_t hidden = lines.size() > first + last ? lines.size() - first - last : 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (hidden > 1 && i == first) {
            write_line(out, "  [" + counted(hidden, "more frame") + "]");
            i += hidden;
        }
        if (i < lines.size()) {
            write_line(out, "  " + lines[i]);
        }
    }
}

void write_stack(StyledText& out, const Snapshot& snapshot, const Thread& thread)
{
    const std::string state = thread.crashed ? std::string() : state_text(snapshot, thread);
    write_line(out, thread_heading(snapshot, thread) + (state.empty() ? ":" : ", " + state + ":"),
               Style::heading);
    const StackLines lines = stack_lines(snapshot, thread);
    write_ends(out, lines.native, lines.python.empty() ? most_inner : most_native, 0);
    write_ends(out, lines.python, most_inner, most_outer);
    if (const auto& exception = thread.exception) {
        write_line(out, std::string(thread.exception_raised ? "raising " : "handling ") +
                            (exception->type.empty() ? "an exception" : exception->type) +
                            (exception->message.empty() ? "" : ": " + exception->message));
    }
}

void write_hints(StyledText& out, const std::vector<Hint>& hints)
{
    const std::size_t told = std::min(hints.size(), most_hints);
    for (std::size_t i = 0; i < told; ++i) {
        write_line(out, "hint: " + hints[i].title);
    }
    if (told < hints.size()) {
        write_line(out, counted(hints.size() - told, "more hint"));
    }
}

void write_counts(StyledText& out, const Report& report)
{
    std::string text = counted(report.snapshot.threads.size(), "thread");
    if (!report.snapshot.gaps.empty()) {
        text += ", " + counted(report.snapshot.gaps.size(), "warning");
    }
    text += report.snapshot.limits.empty() ? "" : ", cut by a limit";
    write_line(out, text);
}

}  // namespace

void write_brief(const Report& report, std::ostream& out, const Presentation& how)
{
    StyledText text(out, how);
    write_answer(text, report);
    if (const Thread* const thread = first_thread(report.snapshot.threads)) {
        write_stack(text, report.snapshot, *thread);
    }
    write_hints(text, report.hints);
    write_counts(text, report);
}

}  // namespace pycore
