#include <algorithm>

#include "text/text_report.hpp"

namespace pycore {
namespace {

constexpr std::size_t line_width = 79;

std::string place_of(const Gap& gap)
{
    std::string place;
    if (gap.thread) {
        place += " thread " + std::to_string(*gap.thread);
    }
    if (gap.address) {
        place += " at " + hex(gap.address->value);
    }
    return place.empty() ? place : " (" + place.substr(1) + ")";
}

std::size_t columns_of(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void write_warning(StyledText& out, const Gap& gap)
{
    write_wrapped(out, to_printable(gap.code + ": " + gap.message) + place_of(gap));
}

// What was lost first: the rest only says that something is unusual.
void write_warnings(StyledText& out, const std::vector<Gap>& gaps)
{
    if (gaps.empty()) {
        return;
    }
    out.plain("\n").styled(Style::warning, "Warnings:").plain("\n");
    for (const bool lost : {true, false}) {
        for (const Gap& gap : gaps) {
            if (gap.data_lost == lost) {
                write_warning(out, gap);
            }
        }
    }
}

void write_limits(StyledText& out, const std::vector<LimitHit>& hits)
{
    if (hits.empty()) {
        return;
    }
    out.plain("\n").styled(Style::warning, "Limits that cut this report:").plain("\n");
    for (const LimitHit& hit : hits) {
        out.plain("  --").quoted(hit.limit).plain(" ").plain(std::to_string(hit.value));
        out.plain(": ").quoted(hit.where).plain("\n");
    }
}

void write_privacy(StyledText& out, const PrivacyDescription& privacy)
{
    std::uint64_t count = 0;
    for (const Redaction& redaction : privacy.redactions) {
        count += redaction.count;
    }
    if (count != 0) {
        out.plain("\n" + std::to_string(count) + (count == 1 ? " text was" : " texts were"));
        out.plain(privacy.level == PrivacyLevel::open ? " taken out of this public report.\n"
                                                      : " taken out as secrets.\n");
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
    write_warnings(out, report.snapshot.gaps);
    write_limits(out, report.snapshot.limits);
    write_privacy(out, report.snapshot.privacy);
    if (report.status == Status::partial) {
        out.plain("\nThis report is partial: ");
        out.plain(report.snapshot.core.truncated ? "the core file is cut short.\n"
                                                 : "not everything could be read.\n");
    }
}

}  // namespace pycore
