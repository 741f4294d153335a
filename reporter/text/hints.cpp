#include <algorithm>
#include <array>
#include <set>
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
    std::set<std::string_view> told;
    for (const Hint& hint : hints) {
        const bool of_deadlock = std::ranges::find(of_deadlocks, hint.id) != of_deadlocks.end();
        // The advice is the same for each.
        if (of_deadlock && !told.insert(hint.id).second) {
            continue;
        }
        out.plain("\n");
        write_wrapped(out,
                      to_printable("Hint: " + hint.title) + " (" +
                          std::string(name_of(hint.confidence)) + " confidence)",
                      {.first = 0, .rest = 2}, Style::heading);
        if (!of_deadlock) {
            for (const std::string& evidence : hint.evidence) {
                write_wrapped(out, "- " + to_printable(evidence));
            }
        }
        write_wrapped(out, to_printable(hint.detail), {.first = 2, .rest = 2});
    }
}

}  // namespace pycore
