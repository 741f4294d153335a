#include "analysis/deadlock_hints.hpp"

namespace pycore::checks {
namespace {

void run(const Findings& findings, std::vector<Hint>& hints)
{
    add_deadlock_hints(
        findings,
        {.id = "import-deadlock",
         .title = "threads wait for each other, one of them to import a module",
         .detail =
             "The lock of a module is held while its top level runs. Start no threads there that "
             "import, and wait for none; import what threads need before they start."},
        hints);
}

}  // namespace

extern const Check import_deadlock;
const Check import_deadlock{.run = run};

}  // namespace pycore::checks
