#include "analysis/deadlock_hints.hpp"

namespace pycore::checks {
namespace {

void run(const Findings& findings, std::vector<Hint>& hints)
{
    add_deadlock_hints(
        findings,
        {.id = "join-cycle",
         .title = "threads wait for each other to end",
         .detail =
             "Each of them ends only after the next one. Let one thread join all others, and tell "
             "threads to stop before they are joined."},
        hints);
}

}  // namespace

extern const Check join_cycle;
const Check join_cycle{.run = run};

}  // namespace pycore::checks
