#include "text/text_report.hpp"

namespace pycore {
namespace {

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

void write_warnings(StyledText& out, const std::vector<Gap>& gaps)
{
    if (gaps.empty()) {
        return;
    }
    out.plain("\n").styled(Style::warning, "Warnings:").plain("\n");
    for (const Gap& gap : gaps) {
        out.plain("  ").quoted(gap.message).plain(place_of(gap));
        out.plain(" [").quoted(gap.code).plain("]\n");
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

}  // namespace

void write_remarks(StyledText& out, const Report& report)
{
    write_warnings(out, report.snapshot.gaps);
    write_limits(out, report.snapshot.limits);
    if (report.status == Status::partial) {
        out.plain("\nThis report is partial: ");
        out.plain(report.snapshot.core.truncated ? "the core file is cut short.\n"
                                                 : "not everything could be read.\n");
    }
}

}  // namespace pycore
