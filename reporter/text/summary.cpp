#include <algorithm>

#include "text/text_report.hpp"
#include "view/facts.hpp"

namespace pycore {

void write_summary(StyledText& out, const Report& report)
{
    constexpr Indent sentence{.first = 0, .rest = 2};
    // Who hangs is killed by somebody: that says less than why it hung.
    const bool killed = report.diagnosis && report.diagnosis->kind == CrashKind::external_signal;
    if (killed) {
        write_deadlocks(out, report);
    }
    if (report.diagnosis) {
        write_wrapped(out, to_printable(report.diagnosis->summary), sentence, Style::headline);
        out.plain("\n");
    }
    if (!killed) {
        write_deadlocks(out, report);
    }
    write_wrapped(out, to_printable(headline(report.snapshot)), sentence, Style::heading);
    for (const Fact& fact : facts(report)) {
        std::string name(fact.name);
        name.resize(std::max<std::size_t>(name.size() + 1, 12), ' ');
        write_wrapped(out, name + to_printable(fact.value), {.first = 2, .rest = 14});
    }
}

}  // namespace pycore
