#include <algorithm>
#include <array>

#include "analysis/check_facts.hpp"
#include "analysis/orphans.hpp"
#include "analysis/wait_words.hpp"

namespace pycore::checks {
namespace {

constexpr std::string_view detail =
    "A forked child has one thread only. What the others held at that moment, locks of Python and "
    "of C, stays taken in the child for ever. Start processes by spawn or forkserver "
    "(multiprocessing.set_start_method), or fork before threads start.";

Hint child_hint(const Snapshot& snapshot, const std::vector<Orphan>& orphans)
{
    const bool sure =
        std::ranges::any_of(orphans, [](const Orphan& orphan) { return orphan.owner != nullptr; });
    Hint hint{.id = "fork-with-threads",
              .severity = Severity::error,
              .confidence = sure ? Confidence::high : Confidence::medium,
              .title = "A forked child waits for a lock whose owner remained in the parent",
              .detail = std::string(detail)};
    for (const Orphan& orphan : orphans) {
        for (const std::size_t waiter : orphan.waiters) {
            add_thread(hint, snapshot.threads[waiter]);
            add_evidence(hint, state_of(snapshot, snapshot.threads[waiter]));
        }
    }
    return hint;
}

bool is_forking(const Thread& thread)
{
    constexpr std::array<std::string_view, 6> names{"fork",        "_Fork",   "__libc_fork",
                                                    "__GI___fork", "os_fork", "fork_exec"};
    // Deeper down in the stack the call has returned, in the child.
    const auto first = std::ranges::find_if(thread.stack, [](const StackFrame& frame) {
        return std::holds_alternative<PythonFrame>(frame);
    });
    return std::any_of(thread.stack.begin(), first, [&](const StackFrame& frame) {
        const std::string& function = std::get<NativeCall>(frame).place->function;
        return std::ranges::find(names, function) != names.end();
    });
}

void add_parent_hint(const Snapshot& snapshot, std::vector<Hint>& hints)
{
    const auto forking = std::ranges::find_if(snapshot.threads, is_forking);
    const std::size_t count = count_threads(snapshot);
    if (forking == snapshot.threads.end() || count < 2) {
        return;
    }
    Hint hint{
        .id = "fork-with-threads",
        .severity = Severity::info,
        .confidence = Confidence::medium,
        .title = words_of(*forking) + " forks a process of " + std::to_string(count) + " threads",
        .detail = std::string(detail)};
    add_thread(hint, *forking);
    hints.push_back(std::move(hint));
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    const Snapshot& snapshot = findings.snapshot;
    if (!is_forked_child(snapshot)) {
        add_parent_hint(snapshot, hints);
        return;
    }
    const std::vector<Orphan> orphans = find_orphans(snapshot);
    if (!orphans.empty()) {
        hints.push_back(child_hint(snapshot, orphans));
    }
}

}  // namespace

extern const Check fork_with_threads;
const Check fork_with_threads{.run = run};

}  // namespace pycore::checks
