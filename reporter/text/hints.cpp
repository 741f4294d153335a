#include <algorithm>
#include <array>
#include <string_view>

#include "text/text_report.hpp"

namespace pycore {
namespace {

/// Hints about a deadlock: who holds what is said where the deadlock is told, above.
constexpr std::array<std::string_view, 5> of_deadlocks{
    "lock-cycle", "gil-and-lock", "self-deadlock", "join-cycle", "import-deadlock"};

}  // namespace

void write_hints(StyledText& out, const std::vector<Hint>& hints)
{
    for (const Hint& hint : hints) {
        out.plain("\n").styled(Style::heading, "Hint: " + hint.title);
        out.plain(" (").plain(name_of(hint.confidence)).plain(" confidence)\n");
        if (std::ranges::find(of_deadlocks, hint.id) == of_deadlocks.end()) {
            for (const std::string& evidence : hint.evidence) {
                out.plain("  - ").quoted(evidence).plain("\n");
            }
        }
        write_wrapped(out, hint.detail);
    }
}

}  // namespace pycore
