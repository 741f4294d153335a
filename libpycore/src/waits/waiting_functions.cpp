#include "waits/waiting_functions.hpp"

#include <array>

namespace pycore {
namespace {

using enum ResourceKind;
using Row = WaitingFunction;

// What a wait is for changes from frame to frame on the way out: a Lock, for which a Condition
// waits, for which a Queue waits.
constexpr std::array rows{
    // A thread's own lock is what it waits for, else it takes that of all waiters again.
    Row{.module = "threading",
        .function = "Condition.wait",
        .waits_for = "waiter",
        .kind = condition},
    Row{.module = "threading",
        .function = "Condition.wait",
        .waits_for = "._lock",
        .evidence = "takes the lock of the condition again after its wait"},
    Row{.module = "threading", .function = "Event.wait", .waits_for = "._cond", .kind = event},
    Row{.module = "threading",
        .function = "Semaphore.acquire",
        .waits_for = "._cond",
        .kind = semaphore},
    Row{.module = "threading", .function = "Barrier._wait", .waits_for = "._cond", .kind = barrier},
    Row{.module = "threading",
        .function = "Barrier._enter",
        .waits_for = "._cond",
        .kind = barrier},
    // Python's own RLock, where that of C is missing or replaced.
    Row{.module = "threading", .function = "_RLock.acquire", .waits_for = "._block", .kind = rlock},
    Row{.module = "threading",
        .function = "_RLock._acquire_restore",
        .waits_for = "._block",
        .kind = rlock},
    // Up to 3.12 a thread keeps a lock as long as it lives.
    Row{.module = "threading",
        .function = "Thread._wait_for_tstate_lock",
        .waits_for = "._tstate_lock",
        .kind = thread},
    Row{.module = "threading",
        .function = "_shutdown",
        .waits_for = "lock",
        .kind = thread,
        .object = "lock"},
    // From 3.13 on it has a handle, which C code waits for.
    Row{.module = "threading", .function = "Thread.join", .kind = thread},
    Row{.module = "threading",
        .function = "Thread.start",
        .waits_for = "._started",
        .evidence = "until the new thread runs"},
    Row{.module = "threading", .function = "Thread.run", .ends = true},
    Row{.module = "threading", .function = "Timer.run", .ends = true},
    Row{.module = "threading", .function = "Thread._bootstrap_inner", .ends = true},
    Row{.module = "threading", .function = "Thread._bootstrap", .ends = true},
    Row{.module = "threading", .function = "*"},

    Row{.module = "queue", .function = "Queue.get", .waits_for = ".not_empty", .kind = queue},
    Row{.module = "queue", .function = "Queue.put", .waits_for = ".not_full", .kind = queue},
    Row{.module = "queue", .function = "Queue.join", .waits_for = ".all_tasks_done", .kind = queue},
    Row{.module = "queue",
        .function = "_PySimpleQueue.get",
        .waits_for = "._count",
        .kind = simple_queue},
    Row{.module = "queue", .function = "*"},

    Row{.module = "concurrent.futures._base",
        .function = "Future.result",
        .waits_for = "._condition",
        .kind = future},
    Row{.module = "concurrent.futures._base",
        .function = "Future.exception",
        .waits_for = "._condition",
        .kind = future},
    Row{.module = "concurrent.futures._base",
        .function = "wait",
        .waits_for = "waiter.event",
        .kind = future,
        .object = "waiter",
        .evidence = "for several futures"},
    Row{.module = "concurrent.futures._base",
        .function = "as_completed",
        .waits_for = "waiter.event",
        .kind = future,
        .object = "waiter",
        .evidence = "for several futures"},
    Row{.module = "concurrent.futures._base", .function = "*"},
    Row{.module = "concurrent.futures.thread",
        .function = "_worker",
        .waits_for = "work_queue",
        .idle = true,
        .ends = true},
    Row{.module = "concurrent.futures.thread", .function = "_worker", .ends = true},
    Row{.module = "concurrent.futures.thread", .function = "*"},
    Row{.module = "concurrent.futures.process",
        .function = "_process_worker",
        .waits_for = "call_queue",
        .idle = true,
        .ends = true},
    Row{.module = "concurrent.futures.process", .function = "_process_worker", .ends = true},
    Row{.module = "concurrent.futures.process",
        .function = "_ExecutorManagerThread.run",
        .ends = true},
    Row{.module = "concurrent.futures.process", .function = "*"},

    // `importlib` renames the frozen module once it is imported.
    Row{.module = "importlib._bootstrap",
        .function = "_ModuleLock.acquire",
        .waits_for = ".wakeup",
        .kind = import_lock},
    Row{.module = "_frozen_importlib",
        .function = "_ModuleLock.acquire",
        .waits_for = ".wakeup",
        .kind = import_lock},
    Row{.module = "importlib._bootstrap", .function = "*"},
    Row{.module = "_frozen_importlib", .function = "*"},
    Row{.module = "importlib._bootstrap_external", .function = "*"},
    Row{.module = "_frozen_importlib_external", .function = "*"},
    Row{.module = "importlib", .function = "*"},

    Row{.module = "multiprocessing.queues",
        .function = "Queue.get",
        .waits_for = "._rlock._semlock",
        .kind = queue},
    Row{.module = "multiprocessing.queues",
        .function = "Queue.put",
        .waits_for = "._sem._semlock",
        .kind = queue},
    Row{.module = "multiprocessing.queues",
        .function = "JoinableQueue.put",
        .waits_for = "._sem._semlock",
        .kind = queue},
    Row{.module = "multiprocessing.queues",
        .function = "JoinableQueue.join",
        .waits_for = "._cond._wait_semaphore._semlock",
        .kind = queue},
    Row{.module = "multiprocessing.queues",
        .function = "SimpleQueue.get",
        .waits_for = "._rlock._semlock",
        .kind = queue},
    Row{.module = "multiprocessing.queues",
        .function = "SimpleQueue.put",
        .waits_for = "._wlock._semlock",
        .kind = queue},
    Row{.module = "multiprocessing.queues",
        .function = "Queue._feed",
        .waits_for = "notempty",
        .idle = true,
        .ends = true},
    Row{.module = "multiprocessing.queues", .function = "Queue._feed", .ends = true},
    Row{.module = "multiprocessing.pool",
        .function = "worker",
        .waits_for = "inqueue",
        .idle = true,
        .ends = true},
    Row{.module = "multiprocessing.pool", .function = "worker", .ends = true},
    Row{.module = "multiprocessing.pool",
        .function = "Pool._handle_tasks",
        .waits_for = "taskqueue",
        .idle = true,
        .ends = true},
    Row{.module = "multiprocessing.pool",
        .function = "Pool._handle_results",
        .waits_for = "outqueue",
        .idle = true,
        .ends = true},
    Row{.module = "multiprocessing.pool",
        .function = "ApplyResult.wait",
        .waits_for = "._event",
        .kind = future},
    Row{.module = "multiprocessing.popen_fork", .function = "Popen.poll", .kind = child_process},
    Row{.module = "multiprocessing.process",
        .function = "BaseProcess.join",
        .waits_for = "._popen",
        .kind = child_process},
    Row{.module = "multiprocessing.process", .function = "BaseProcess.run", .ends = true},
    Row{.module = "multiprocessing.process", .function = "BaseProcess._bootstrap", .ends = true},
    Row{.module = "multiprocessing.*", .function = "*"},

    Row{.module = "subprocess", .function = "Popen._try_wait", .kind = child_process},
    Row{.module = "subprocess", .function = "Popen._wait", .kind = child_process},
    Row{.module = "subprocess", .function = "Popen.wait", .kind = child_process},
    Row{.module = "subprocess", .function = "*"},

    Row{.module = "socketserver",
        .function = "ThreadingMixIn.process_request_thread",
        .ends = true},
    Row{.module = "socketserver", .function = "*"},
    Row{.module = "http.server", .function = "*"},
    Row{.module = "contextlib", .function = "*"},
    Row{.module = "logging", .function = "*"},
    Row{.module = "logging.*", .function = "*"},
    Row{.module = "functools", .function = "*"},
    Row{.module = "selectors", .function = "*"},
    Row{.module = "asyncio.*", .function = "*"},
};

}  // namespace

std::span<const WaitingFunction> waiting_functions() noexcept
{
    return rows;
}

bool is_about(const WaitingFunction& row,
              std::string_view module,
              std::string_view function) noexcept
{
    const bool is_package = row.module.ends_with(".*");
    const bool is_module = is_package
                               ? module.starts_with(row.module.substr(0, row.module.size() - 1))
                               : module == row.module;
    return is_module && (row.function == "*" || row.function == function);
}

}  // namespace pycore
