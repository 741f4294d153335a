#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

constexpr std::size_t several = 3;

void check(const Snapshot& snapshot, const Gil& gil, std::vector<Hint>& hints)
{
    if (!gil.holder || *gil.holder >= snapshot.threads.size() || gil.waiters.size() < several) {
        return;
    }
    const Thread& holder = snapshot.threads[*gil.holder];
    if (!is_running(holder)) {
        return;
    }
    const std::string count = counted(gil.waiters.size(), "thread", "threads");
    Hint hint{.id = "gil-hog",
              .severity = Severity::info,
              .confidence = Confidence::medium,
              .title = count + " wait for the GIL, which " + words_of(holder) + " holds",
              .detail =
                  "One moment does not tell for how long. If it is always this thread, its "
                  "work keeps the others waiting: C code that runs long should release the "
                  "GIL, and work in Python for several processors needs several processes."};
    add_thread(hint, holder);
    add_evidence(hint, state_of(snapshot, holder));
    hints.push_back(std::move(hint));
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    for (const Interpreter& interpreter : findings.snapshot.interpreters) {
        if (interpreter.gil) {
            check(findings.snapshot, *interpreter.gil, hints);
        }
    }
}

}  // namespace

extern const Check gil_hog;
const Check gil_hog{.run = run};

}  // namespace pycore::checks
