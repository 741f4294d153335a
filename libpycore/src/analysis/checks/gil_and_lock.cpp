#include "analysis/deadlock_hints.hpp"

namespace pycore::checks {
namespace {

void run(const Findings& findings, std::vector<Hint>& hints)
{
    add_deadlock_hints(
        findings,
        {.id = "gil-and-lock",
         .title = "threads wait for each other, one of them with the GIL",
         .detail =
             "C code waits for a lock while it holds the GIL, and who has that lock waits for the "
             "GIL. "
             "Release the GIL around the call that takes the lock (Py_BEGIN_ALLOW_THREADS, or "
             "py::gil_scoped_release in pybind11), or do not call Python with the lock held."},
        hints);
}

}  // namespace

extern const Check gil_and_lock;
const Check gil_and_lock{.run = run};

}  // namespace pycore::checks
