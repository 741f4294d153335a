#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "pycore/address.hpp"
#include "pycore/snapshot.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// What the registers, and the words they point to, say of one thread, without any Python object.
struct NativeWait {
    /// Nothing: it is not blocked, or in a system call that is no wait for one of these.
    std::optional<ResourceKind> kind;
    /// The futex word it sleeps on; null when it sleeps on none.
    Address word;
    /// `kind` is `internal_lock`: the byte it waits for in the parking lot (3.13 on), or null. With
    /// a `pthread_semaphore` that is CPython's lock, only `word` is known here.
    Address parked;
    Address object;  ///< the pthread object, as far as it can be told from the word
    /// GIL: index of the first interpreter that has it.
    std::optional<std::size_t> interpreter;
    std::optional<std::size_t> joined;      ///< of `pthread_join`: index in `WaitInput::threads`
    std::optional<std::int32_t> owner_tid;  ///< of a pthread mutex or rwlock, as glibc recorded it
    bool timed = false;
    std::optional<double> timeout;  ///< seconds, of a relative one
    bool certain = true;
    std::string function;  ///< the C function that waits: "pthread_mutex_lock"; may be empty
};

struct NativeState {
    Activity activity = Activity::unknown;  ///< `waiting` where `wait.kind` is set
    std::optional<SystemCall> system_call;
    std::optional<GilState> gil;
    NativeWait wait;
};

/// Of the thread with this index. `gils` as `read_gils` returned them.
NativeState read_native_state(const WaitInput& input,
                              std::span<const std::optional<Gil>> gils,
                              std::size_t thread);

/// The GIL of each interpreter, and who holds it; without the waiters.
std::vector<std::optional<Gil>> read_gils(const WaitInput& input);

}  // namespace pycore
