#include "analysis/check_facts.hpp"
#include "analysis/shorten.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

bool looks_so(const Thread& thread)
{
    return thread.gil == GilState::held && thread.activity == Activity::running_python &&
           thread.exception_raised && thread.exception;
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    // What crashed did not hang.
    if (!was_only_stopped(findings.snapshot)) {
        return;
    }
    for (const Thread& thread : findings.snapshot.threads) {
        if (!looks_so(thread)) {
            continue;
        }
        Hint hint{.id = "exception-loop",
                  .severity = Severity::info,
                  .confidence = Confidence::low,
                  .title = words_of(thread) + " was looking for the handler of an exception",
                  .detail =
                      "That takes a moment only. If the process hung with a processor busy, "
                      "CPython may have been looking for ever: it could not make an object "
                      "that it needs for a handler, as out of memory (cpython gh-134163). "
                      "Take a second core and see whether it is at the same place."};
        add_thread(hint, thread);
        add_evidence(hint, "the exception is " + shorten(thread.exception->type));
        hints.push_back(std::move(hint));
    }
}

}  // namespace

extern const Check exception_loop;
const Check exception_loop{.run = run};

}  // namespace pycore::checks
