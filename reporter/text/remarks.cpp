#include "text/text_report.hpp"
#include "view/remark_words.hpp"

namespace pycore {
namespace {

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
