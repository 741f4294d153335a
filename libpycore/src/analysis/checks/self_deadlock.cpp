#include "analysis/deadlock_hints.hpp"

namespace pycore::checks {
namespace {

void run(const Findings& findings, std::vector<Hint>& hints)
{
    add_deadlock_hints(
        findings,
        {.id = "self-deadlock",
         .title = "A thread waits for a lock that it holds itself",
         .detail =
             "A Lock can be taken once, by its owner too. Use threading.RLock (in C a recursive "
             "mutex), "
             "or do not call what takes the lock while it is held; a signal handler or __del__ may "
             "have been called at the wrong moment."},
        hints);
}

}  // namespace

extern const Check self_deadlock;
const Check self_deadlock{.run = run};

}  // namespace pycore::checks
