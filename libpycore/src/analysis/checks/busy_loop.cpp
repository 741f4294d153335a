// A core cannot tell for how long a thread has been running. So this is said only of a process that
// was killed from outside or dumped alive, as one does with a program that hangs.

#include <algorithm>
#include <csignal>

#include "analysis/check.hpp"
#include "base/file_name.hpp"

namespace pycore::checks {
namespace {

bool may_hang(const Snapshot& snapshot)
{
    constexpr int sent_by_kill = 0;
    return !snapshot.crash || snapshot.crash->signal.code <= sent_by_kill;
}

std::string name_of_thread(const Thread& thread)
{
    return thread.python_name ? *thread.python_name : std::to_string(thread.tid.value_or(0));
}

std::string describe(const Loop& loop)
{
    const std::string first = std::to_string(loop.first_line);
    const std::string lines = loop.first_line == loop.last_line
                                  ? "line " + first
                                  : "lines " + first + " to " + std::to_string(loop.last_line);
    return loop.function + " (" + std::string(file_name(loop.file)) + ", " + lines + ")";
}

/// The function of C code that the innermost Python frame called.
std::string called_function(const Thread& thread)
{
    std::string outermost;
    for (const StackFrame& frame : thread.stack) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        if (call == nullptr || call->runs_python) {
            break;
        }
        outermost = call->signal_frame ? std::string() : call->place->function;
    }
    return outermost;
}

std::string describe(const Thread& thread)
{
    const std::string called =
        thread.activity == Activity::running_native ? called_function(thread) : std::string();
    std::string text = name_of_thread(thread) + " is ";
    text += called.empty() ? "" : "in the C function " + called;
    if (thread.loop) {
        text += (called.empty() ? "in the loop of " : ", called from the loop of ") +
                describe(*thread.loop);
    }
    return text;
}

bool runs(const Thread& thread)
{
    const bool in_c = thread.activity == Activity::running_native;
    return thread.python_thread_id && (thread.loop || in_c) &&
           (in_c || thread.activity == Activity::running_python);
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    if (!may_hang(findings.snapshot)) {
        return;
    }
    Hint hint{.id = "busy-loop", .severity = Severity::info, .confidence = Confidence::low};
    for (const Thread& thread : findings.snapshot.threads) {
        constexpr std::size_t most_evidence = 10;
        if (runs(thread) && hint.evidence.size() < most_evidence) {
            hint.evidence.push_back(describe(thread));
            if (thread.tid) {
                hint.threads.push_back(*thread.tid);
            }
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
