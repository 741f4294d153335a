#include <algorithm>

#include "text/text_report.hpp"
#include "view/facts.hpp"

namespace pycore {

void write_summary(StyledText& out, const Report& report)
{
    constexpr std::string_view blanks = "            ";
    if (report.diagnosis) {
        out.styled(Style::headline, report.diagnosis->summary).plain("\n\n");
    }
    write_deadlocks(out, report);
    out.styled(Style::heading, headline(report.snapshot)).plain("\n");
    for (const Fact& fact : facts(report)) {
        out.plain("  ").plain(fact.name);
        out.plain(blanks.substr(std::min(fact.name.size(), blanks.size() - 1)));
        out.quoted(fact.value).plain("\n");
    }
}

}  // namespace pycore
