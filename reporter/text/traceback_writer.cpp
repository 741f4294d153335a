#include "text/traceback_writer.hpp"

#include <algorithm>
#include <vector>

#include "text/source_line.hpp"

namespace pycore {
namespace {

// As in traceback.py.
constexpr std::size_t most_repeated = 3;
constexpr std::size_t widest_group = 15;
constexpr std::size_t deepest_group = 10;

constexpr std::string_view after_cause =
    "\nThe above exception was the direct cause of the following exception:\n";
constexpr std::string_view after_context =
    "\nDuring handling of the above exception, another exception occurred:\n";

bool is_shown(const std::shared_ptr<const Exception>& exception)
{
    return exception && !exception->repeated;
}

/// What Python prints before the exception, and the words between the two.
const Exception* find_before(const Exception& exception, std::string_view& between)
{
    if (is_shown(exception.cause)) {
        between = after_cause;
        return exception.cause.get();
    }
    if (is_shown(exception.context) && !exception.suppress_context) {
        between = after_context;
        return exception.context.get();
    }
    return nullptr;
}

bool same_place(const TracebackEntry& a, const TracebackEntry& b)
{
    return a.position.line == b.position.line && a.code->file == b.code->file &&
           a.code->name == b.code->name;
}

}  // namespace

std::string TracebackWriter::margin(char edge) const
{
    std::string text = indent_ + std::string(2 * group_depth_, ' ');
    return group_depth_ == 0 ? text : text + edge + ' ';
}

void TracebackWriter::write_lines(std::string_view text, Style style)
{
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        out_.plain(margin()).styled(style, text.substr(start, end - start)).plain("\n");
        start = end + 1;
    }
}

void TracebackWriter::write_chain(const Exception& exception)
{
    struct Link {
        const Exception* exception;
        std::string_view before;
    };
    std::vector<Link> chain{{&exception, {}}};
    while (const Exception* const before =
               find_before(*chain.back().exception, chain.back().before)) {
        chain.push_back({before, {}});
    }
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        if (!link->before.empty()) {
            write_lines(link->before);
        }
        if (link->exception->is_group) {
            write_group(*link->exception);
        } else {
            write_alone(*link->exception);
        }
    }
}

void TracebackWriter::write_alone(const Exception& exception)
{
    if (!exception.traceback.empty()) {
        write_lines("Traceback (most recent call last):");
        write_traceback(exception);
    }
    write_final_lines(exception);
}

// Recursion ends at `deepest_group`.
void TracebackWriter::write_group(const Exception& group)
{
    if (group_depth_ > deepest_group) {
        write_lines("... (max_group_depth is " + std::to_string(deepest_group) + ")");
        return;
    }
    const bool outermost = group_depth_ == 0;
    group_depth_ += outermost ? 1 : 0;
    if (!group.traceback.empty()) {
        out_.plain(margin(outermost ? '+' : '|'));
        out_.plain("Exception Group Traceback (most recent call last):\n");
        write_traceback(group);
    }
    write_final_lines(group);
    write_members(group);
    group_depth_ = outermost ? 0 : group_depth_;
}

void TracebackWriter::write_member_title(std::size_t index, std::string_view title)
{
    out_.plain(indent_).plain(std::string(2 * group_depth_, ' '));
    out_.plain(index == 0 ? "+-" : "  ");
    out_.plain("+---------------- ").plain(title).plain(" ----------------\n");
}

void TracebackWriter::write_members(const Exception& group)
{
    const std::size_t all = group.exceptions.size();
    const std::size_t shown = std::min(all, widest_group + 1);
    needs_end_ = false;
    for (std::size_t i = 0; i < shown; ++i) {
        // The end of the last member may be drawn by a group in it.
        needs_end_ = needs_end_ || i + 1 == shown;
        const bool rest = i == widest_group;
        write_member_title(i, rest ? "..." : std::to_string(i + 1));
        ++group_depth_;
        if (rest) {
            const std::size_t count = all - widest_group;
            write_lines("and " + std::to_string(count) + " more exception" +
                        (count > 1 ? "s" : ""));
        } else {
            write_chain(group.exceptions[i]);
        }
        if (i + 1 == shown && needs_end_) {
            out_.plain(indent_).plain(std::string(2 * group_depth_, ' '));
            out_.plain("+------------------------------------\n");
            needs_end_ = false;
        }
        --group_depth_;
    }
}

void TracebackWriter::write_entry(const TracebackEntry& entry)
{
    const std::string start = margin();
    const PythonCode& code = *entry.code;
    out_.plain(start).plain("  File ");
    out_.styled(Style::place, '"' + (code.file.empty() ? "???" : code.file) + '"');
    out_.plain(", line ");
    out_.styled(Style::place, entry.position.line ? std::to_string(*entry.position.line) : "???");
    out_.plain(", in ").styled(Style::place, code.name.empty() ? "???" : code.name).plain("\n");
    if (entry.source) {
        write_source(out_, *entry.source, entry.position, Underline::columns, start);
    }
}

void TracebackWriter::write_traceback(const Exception& exception)
{
    const auto& entries = exception.traceback;
    for (std::size_t first = 0; first < entries.size();) {
        std::size_t end = first + 1;
        while (end < entries.size() && same_place(entries[first], entries[end])) {
            ++end;
        }
        const std::size_t shown = std::min(end - first, most_repeated);
        for (std::size_t i = first; i < first + shown; ++i) {
            write_entry(entries[i]);
        }
        if (const std::size_t hidden = end - first - shown; hidden != 0) {
            write_lines("  [Previous line repeated " + std::to_string(hidden) + " more time" +
                        (hidden > 1 ? "s]" : "]"));
        }
        first = end;
    }
}

}  // namespace pycore
