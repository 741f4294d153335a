#include <algorithm>

#include "analysis/check_facts.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

/// A native frame of it is CPython's own.
bool runs_python_code(const Snapshot& snapshot, const Thread& thread)
{
    return std::ranges::any_of(thread.stack, [&](const StackFrame& frame) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        const auto module = call != nullptr ? call->place->module : std::nullopt;
        return module && *module < snapshot.modules.size() && snapshot.modules[*module].interpreter;
    });
}

/// At the end an interpreter takes the thread states of daemon threads away: a thread without one
/// may be any library's, but not one that runs the interpreter's own code.
bool is_finalizing(const Snapshot& snapshot, const Thread& thread)
{
    if (!thread.interpreter) {
        return std::ranges::any_of(snapshot.interpreters, &Interpreter::finalizing) &&
               runs_python_code(snapshot, thread);
    }
    return *thread.interpreter < snapshot.interpreters.size() &&
           snapshot.interpreters[*thread.interpreter].finalizing;
}

/// The one that ends the interpreter is nearly always the process's first.
bool ends_it(const Snapshot& snapshot, const Thread& thread)
{
    return thread.activity == Activity::finalizing ||
           (thread.tid && thread.tid == snapshot.process.pid);
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    const Snapshot& snapshot = findings.snapshot;
    const bool died = !was_only_stopped(snapshot);
    Hint hint{.id = "daemon-at-exit",
              .severity = Severity::info,
              .confidence = Confidence::medium,
              .title = {},
              .detail =
                  "Daemon threads are not waited for: what they use, in Python and in C, is "
                  "taken down under them. Tell them to stop and join them before the "
                  "program ends."};
    bool crashed = false;
    std::string name;
    for (const Thread& thread : snapshot.threads) {
        if (!is_finalizing(snapshot, thread) || ends_it(snapshot, thread) ||
            (!is_running(thread) && !(thread.crashed && died))) {
            continue;
        }
        crashed = crashed || (thread.crashed && died);
        name = name.empty() ? words_of(thread) : name;
        add_thread(hint, thread);
        add_evidence(hint, state_of(snapshot, thread));
    }
    if (name.empty()) {
        return;
    }
    hint.severity = crashed ? Severity::warning : Severity::info;
    hint.title = name + (crashed ? " crashed while" : " runs while") + " the interpreter ends";
    hints.push_back(std::move(hint));
}

}  // namespace

extern const Check daemon_at_exit;
const Check daemon_at_exit{.run = run};

}  // namespace pycore::checks
