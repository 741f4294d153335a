#include "analysis/deadlock_hints.hpp"

namespace pycore::checks {
namespace {

void run(const Findings& findings, std::vector<Hint>& hints)
{
    add_deadlock_hints(
        findings,
        {.id = "lock-cycle",
         .title = "threads wait for each other's locks",
         .detail =
             "Each holds what the next one waits for, so none can go on. Take these locks in the "
             "same order everywhere, or hold only one of them at a time."},
        hints);
}

}  // namespace

extern const Check lock_cycle;
const Check lock_cycle{.run = run};

}  // namespace pycore::checks
