#include <algorithm>

#include "text/text_report.hpp"
#include "view/remark_words.hpp"

namespace pycore {
namespace {

constexpr std::size_t line_width = 79;

std::size_t columns_of(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void write_list(StyledText& out, std::string_view title, const std::vector<std::string>& lines)
{
    if (lines.empty()) {
        return;
    }
    out.plain("\n").styled(Style::warning, title).plain("\n");
    for (const std::string& line : lines) {
        write_wrapped(out, to_printable(line));
    }
}

}  // namespace

// Broken between words only: a path or a build id has to stay in one piece to be copied.
void write_wrapped(StyledText& out, std::string_view text)
{
    std::size_t column = 0;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        const std::size_t width = columns_of(word);
        if (column != 0 && column + 1 + width > line_width) {
            out.plain("\n      ");
            column = 6;
        } else {
            out.plain(column == 0 ? "  " : " ");
            column += column == 0 ? 2 : 1;
        }
        out.plain(word);
        column += width;
    }
    out.plain("\n");
}

void write_remarks(StyledText& out, const Report& report)
{
    write_list(out, "Warnings:", warning_lines(report.snapshot));
    write_list(out, "Limits that cut this report:", limit_lines(report.snapshot));
    for (const std::string& line : {privacy_line(report.snapshot.privacy), partial_line(report)}) {
        if (!line.empty()) {
            out.plain("\n").quoted(line).plain("\n");
        }
    }
}

}  // namespace pycore
