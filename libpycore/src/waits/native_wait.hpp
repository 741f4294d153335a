#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

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
    /// Where more than one is true, the first of: `hanging_at_exit`; `waiting`, where `wait.kind`
    /// is set; `sleeping`; `collecting_garbage`; `finalizing`; then what is left. Of what a signal
    /// interrupted, where the thread is in a handler. `unknown` also where it runs in CPython,
    /// whose file is not here to tell the eval loop from what it calls.
    Activity activity = Activity::unknown;
    std::optional<SystemCall> system_call;
    std::optional<GilState> gil;
    NativeWait wait;
};

/// Of each thread. `gils` as `read_gils` returned them.
std::vector<NativeState> read_native_states(const WaitInput& input,
                                            std::span<const std::optional<Gil>> gils);

/// The GIL of each interpreter, and who holds it; without the waiters.
std::vector<std::optional<Gil>> read_gils(const WaitInput& input);

}  // namespace pycore
