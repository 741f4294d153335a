#include "text/text_report.hpp"

namespace pycore {

void write_hints(StyledText& out, const std::vector<Hint>& hints)
{
    for (const Hint& hint : hints) {
        out.plain("\n").styled(Style::heading, "Hint: " + hint.title);
        out.plain(" (").plain(name_of(hint.confidence)).plain(" confidence)\n");
        for (const std::string& evidence : hint.evidence) {
            out.plain("  - ").quoted(evidence).plain("\n");
        }
        write_wrapped(out, hint.detail);
    }
}

}  // namespace pycore
