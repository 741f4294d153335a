#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/hint.hpp"

namespace pycore {

/// What a thread did when the core was written. A core is one moment: nothing here says for how
/// long.
enum class Activity : std::uint8_t {
    unknown,             ///< without registers, or of a machine whose registers tell nothing
    running_python,      ///< in the eval loop
    running_native,      ///< in C code
    collecting_garbage,  ///< runs, or waits, inside a collection of CPython's
    finalizing,          ///< runs, or waits, inside `Py_Finalize`
    hanging_at_exit,     ///< stopped for good: its interpreter had ended when it wanted to go on
    waiting,             ///< for what `Thread::wait` says
    sleeping,            ///< in a system call that only waits for time to pass
    in_system_call       ///< in any other
};

/// The innermost loop of a Python function around the place where a thread runs.
struct Loop {
    std::string function;  ///< `co_qualname`
    std::string file;
    std::int32_t first_line = 0;
    std::int32_t last_line = 0;
};

/// The system call a thread is in, or was in when a signal interrupted it.
struct SystemCall {
    std::uint32_t number = 0;
    std::string name;                ///< "read"; "syscall 999" for one that is not known
    std::optional<std::int32_t> fd;  ///< the file descriptor it works on
    std::string path;                ///< what that is, as far as the process's memory tells
    std::optional<double> timeout;   ///< seconds, where it was called with a relative one
    bool timed = false;              ///< it ends by itself, at `timeout` or at some time of a clock
    std::optional<std::int64_t> pid;  ///< the process it waits for (wait4, waitid)
    bool certain = true;              ///< false: the number is lost, the name follows from the code
};

/// What a Python thread has to do with its interpreter's GIL.
enum class GilState : std::uint8_t {
    held,
    waiting,
    released,  ///< runs Python frames, the innermost in C code or a system call that let go of it
    detached   ///< runs no Python frames
};

/// What threads wait for and hold.
enum class ResourceKind : std::uint8_t {
    lock,               ///< `threading.Lock`
    rlock,              ///< `threading.RLock`
    condition,          ///< `threading.Condition.wait`
    event,              ///< `threading.Event`
    semaphore,          ///< `threading.Semaphore`, `BoundedSemaphore`
    barrier,            ///< `threading.Barrier`
    queue,              ///< `queue.Queue` and what derives from it
    simple_queue,       ///< `queue.SimpleQueue`
    future,             ///< `concurrent.futures.Future.result`
    thread,             ///< `Thread.join`: the resource is the other thread
    import_lock,        ///< of a module
    process_semaphore,  ///< of `multiprocessing`
    gil,
    internal_lock,      ///< of CPython's C code: of an object, of a file, of the parking lot
    pthread_mutex,      ///<
    pthread_rwlock,     ///<
    pthread_condition,  ///<
    pthread_semaphore,  ///< `sem_t` of C code
    pthread_join,       ///< the resource is the other thread
    file_lock,          ///< `flock`, `fcntl`
    child_process,      ///< `waitpid`
    futex               ///< none of these, as far as is known
};

/// The name reports use: "rlock", "simple-queue", "pthread-mutex".
[[nodiscard]] std::string_view name_of(ResourceKind kind) noexcept;

/// The words people use: "RLock", "SimpleQueue", "pthread mutex".
[[nodiscard]] std::string_view words_of(ResourceKind kind) noexcept;

/// Whether one thread at a time owns it, so that who waits for it waits for that thread.
[[nodiscard]] bool has_owner(ResourceKind kind) noexcept;

/// How it is known that a thread holds something, the strongest first.
enum class OwnerEvidence : std::uint8_t {
    recorded,         ///< the object itself says so: RLock, pthread mutex, import lock, the GIL
    is_the_resource,  ///< the thread that is joined
    with_block,       ///< the value stack of a frame inside `with`
    context_manager,  ///< a `with` over an object that has the lock, or an ExitStack
    acquire_call,     ///< a frame has called `acquire()` on its way, and no `release()`
    reference         ///< no more than this: a frame refers to it
};

/// A thread that holds a resource, or may hold it.
struct Owner {
    std::optional<std::size_t> thread;  ///< index in `Snapshot::threads`
    std::optional<std::int32_t> tid;    ///< kernel tid; also of one that is not in the core
    std::optional<std::uint64_t> python_thread_id;  ///< the same
    OwnerEvidence how = OwnerEvidence::reference;
    bool certain = false;
    std::string where;     ///< "eat (phi.py:9)": where it was taken, as far as that is known
    std::string evidence;  ///< in words: "inside `with` in eat (phi.py:9)"
};

/// Something that threads wait for or hold, one for each object.
struct Resource {
    ResourceKind kind = ResourceKind::futex;
    Address address;   ///< of the Python object, else of the C object; null where it has none
    std::string type;  ///< of the Python object: "_thread.lock"; empty for C
    std::string name;  ///< as the program knows it: "forks[3]"; empty where nothing names it
    std::string description;  ///< for people, never empty: "Lock forks[3]", "GIL of interpreter 0"
    std::optional<std::size_t> thread;  ///< the one that is joined: index in `Snapshot::threads`
    std::vector<Owner> owners;          ///< the surest first; of one thread only the surest
    bool owners_certain = false;        ///< `owners` are all there can be, each for certain
};

/// What a thread waits for.
struct Wait {
    std::size_t resource = 0;       ///< index in `Snapshot::resources`
    std::string where;              ///< "eat (phi.py:10)": the frame of the program that waits
    bool timed = false;             ///< it will not wait for ever
    std::optional<double> timeout;  ///< seconds, where that is known
    bool certain = true;            ///< it is this resource that it waits for
    std::string evidence;           ///< in words, where that is not plain
    /// It is one of a pool's or server's that have nothing to do: nobody needs it to go on.
    bool idle = false;
};

/// The lock of one interpreter, or of several that share it.
struct Gil {
    Address address;
    bool held = false;
    std::optional<std::size_t> holder;  ///< index in `Snapshot::threads`
    std::vector<std::size_t> waiters;   ///< the same
};

/// One thread that waits for another, inside a deadlock.
struct DeadlockEdge {
    std::size_t waiter = 0;    ///< index in `Snapshot::threads`
    std::size_t resource = 0;  ///< index in `Snapshot::resources`
    std::size_t holder = 0;    ///< index in `Snapshot::threads`
    std::string evidence;      ///< that `holder` holds it
    bool certain = false;
};

/// Threads that wait for each other in a circle: none can go on.
struct Deadlock {
    std::string kind;  ///< "lock", "mutex", "gil", "join", "import", "self", "process", "mixed"
    std::vector<DeadlockEdge> edges;  ///< in cycle order: each waits for the next one
    std::vector<std::size_t> behind;  ///< threads that wait for one of these, and are not in it
    bool certain = false;             ///< every edge is
    std::string summary;              ///< one sentence; valid UTF-8
};

}  // namespace pycore
