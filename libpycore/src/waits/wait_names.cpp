#include <algorithm>
#include <array>

#include "pycore/wait.hpp"

namespace pycore {
namespace {

struct KindNames {
    ResourceKind kind;
    std::string_view name;
    std::string_view words;
    bool has_owner;
};

constexpr std::array kinds{
    KindNames{ResourceKind::lock, "lock", "Lock", true},
    KindNames{ResourceKind::rlock, "rlock", "RLock", true},
    KindNames{ResourceKind::condition, "condition", "Condition", false},
    KindNames{ResourceKind::event, "event", "Event", false},
    KindNames{ResourceKind::semaphore, "semaphore", "Semaphore", false},
    KindNames{ResourceKind::barrier, "barrier", "Barrier", false},
    KindNames{ResourceKind::queue, "queue", "Queue", false},
    KindNames{ResourceKind::simple_queue, "simple-queue", "SimpleQueue", false},
    KindNames{ResourceKind::future, "future", "Future", false},
    KindNames{ResourceKind::thread, "thread", "thread", true},
    KindNames{ResourceKind::import_lock, "import-lock", "import lock", true},
    KindNames{ResourceKind::process_semaphore, "process-semaphore", "semaphore of multiprocessing",
              false},
    KindNames{ResourceKind::gil, "gil", "GIL", true},
    KindNames{ResourceKind::internal_lock, "internal-lock", "lock of CPython's own", true},
    KindNames{ResourceKind::pthread_mutex, "pthread-mutex", "pthread mutex", true},
    KindNames{ResourceKind::pthread_rwlock, "pthread-rwlock", "pthread rwlock", true},
    KindNames{ResourceKind::pthread_condition, "pthread-condition", "pthread condition", false},
    KindNames{ResourceKind::pthread_semaphore, "pthread-semaphore", "semaphore", false},
    KindNames{ResourceKind::pthread_join, "pthread-join", "thread", true},
    KindNames{ResourceKind::file_lock, "file-lock", "file lock", true},
    KindNames{ResourceKind::child_process, "child-process", "child process", false},
    KindNames{ResourceKind::futex, "futex", "futex", false},
};

const KindNames& names_of(ResourceKind kind) noexcept
{
    const auto* const found = std::ranges::find(kinds, kind, &KindNames::kind);
    return found == kinds.end() ? kinds.back() : *found;
}

}  // namespace

std::string_view name_of(ResourceKind kind) noexcept
{
    return names_of(kind).name;
}

std::string_view words_of(ResourceKind kind) noexcept
{
    return names_of(kind).words;
}

bool has_owner(ResourceKind kind) noexcept
{
    return names_of(kind).has_owner;
}

}  // namespace pycore
