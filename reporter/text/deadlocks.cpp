#include <algorithm>

#include "text/text_report.hpp"
#include "view/deadlock_words.hpp"
#include "view/words.hpp"

namespace pycore {

void write_deadlocks(StyledText& out, const Report& report)
{
    const std::size_t told = std::min(report.deadlocks.size(), most_deadlocks_told);
    for (std::size_t i = 0; i < told; ++i) {
        write_wrapped(out, to_printable(report.deadlocks[i].summary), {.first = 0, .rest = 2},
                      Style::headline);
        for (const std::string& line : deadlock_lines(report.snapshot, report.deadlocks[i])) {
            write_wrapped(out, "- " + to_printable(line));
        }
        out.plain("\n");
    }
    if (const std::size_t rest = report.deadlocks.size() - told; rest != 0) {
        out.styled(Style::headline, counted(rest, "more deadlock")).plain("\n\n");
    }
}

}  // namespace pycore
