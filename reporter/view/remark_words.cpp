#include "view/remark_words.hpp"

#include "view/words.hpp"

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

}  // namespace

std::vector<std::string> warning_lines(const Snapshot& snapshot)
{
    std::vector<std::string> lines;
    for (const bool lost : {true, false}) {
        for (const Gap& gap : snapshot.gaps) {
            if (gap.data_lost == lost) {
                lines.push_back(gap.code + ": " + gap.message + place_of(gap));
            }
        }
    }
    return lines;
}

std::vector<std::string> limit_lines(const Snapshot& snapshot)
{
    std::vector<std::string> lines;
    for (const LimitHit& hit : snapshot.limits) {
        lines.push_back("--" + hit.limit + " " + std::to_string(hit.value) + ": " + hit.where);
    }
    return lines;
}

std::string privacy_line(const PrivacyDescription& privacy)
{
    std::uint64_t count = 0;
    for (const Redaction& redaction : privacy.redactions) {
        count += redaction.count;
    }
    if (count == 0) {
        return {};
    }
    return std::to_string(count) + (count == 1 ? " text was" : " texts were") +
           (privacy.level == PrivacyLevel::open ? " taken out of this public report."
                                                : " taken out as secrets.");
}

std::string partial_line(const Report& report)
{
    if (report.status != Status::partial) {
        return {};
    }
    return std::string("This report is partial: ") + (report.snapshot.core.truncated
                                                          ? "the core file is cut short."
                                                          : "not everything could be read.");
}

}  // namespace pycore
