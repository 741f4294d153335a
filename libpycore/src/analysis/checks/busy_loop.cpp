// A core cannot tell for how long a thread has been running. So this is said only of a process that
// was killed from outside or dumped alive, as one does with a program that hangs.

#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"
#include "base/file_name.hpp"

namespace pycore::checks {
namespace {

std::string describe(const Loop& loop)
{
    const std::string first = std::to_string(loop.first_line);
    const std::string lines = loop.first_line == loop.last_line
                                  ? "line " + first
                                  : "lines " + first + " to " + std::to_string(loop.last_line);
    return loop.function + " (" + std::string(file_name(loop.file)) + ", " + lines + ")";
}

/// The C function that the innermost Python frame called: the first one that is not CPython's own,
/// which says most; else the innermost.
std::string called_function(const Snapshot& snapshot, const Thread& thread)
{
    std::string innermost;
    std::string foreign;
    for (const StackFrame& frame : thread.stack) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        if (call == nullptr || call->runs_python) {
            break;
        }
        if (call->signal_frame) {  // those before it are a handler's
            innermost.clear();
            foreign.clear();
            continue;
        }
        const auto module = call->place->module;
        const bool is_own =
            module && *module < snapshot.modules.size() && snapshot.modules[*module].interpreter;
        const std::string& name = call->place->function;
        innermost = innermost.empty() ? name : innermost;
        foreign = is_own || name.empty() ? foreign : name;
    }
    return foreign.empty() ? innermost : foreign;
}

std::string describe(const Snapshot& snapshot, const Thread& thread)
{
    std::string text = words_of(thread);
    if (thread.activity == Activity::running_native) {
        const std::string called = called_function(snapshot, thread);
        text += called.empty() ? " is in C code" : " is in the C function " + called;
        return thread.loop ? text + ", called from the loop of " + describe(*thread.loop) : text;
    }
    return text + " is in the loop of " + describe(*thread.loop);
}

bool is_busy(const Thread& thread)
{
    const bool in_c = thread.activity == Activity::running_native;
    return thread.python_thread_id && is_running(thread) && (thread.loop || in_c);
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    if (!was_only_stopped(findings.snapshot)) {
        return;
    }
    Hint hint{.id = "busy-loop", .severity = Severity::info, .confidence = Confidence::low};
    for (const Thread& thread : findings.snapshot.threads) {
        if (is_busy(thread) && hint.evidence.size() < most_evidence) {
            add_evidence(hint, describe(findings.snapshot, thread));
            add_thread(hint, thread);
        }
    }
    if (hint.evidence.empty()) {
        return;
    }
    hint.title = "If the process hung, it was busy, not blocked";
    hint.detail =
        "A thread was running when the process was stopped from outside. One core cannot tell a "
        "loop without end from useful work: take another one a little later, and compare the "
        "values of the variables in the loop.";
    hints.push_back(std::move(hint));
}

}  // namespace

extern const Check busy_loop;
const Check busy_loop{.run = run};

}  // namespace pycore::checks
