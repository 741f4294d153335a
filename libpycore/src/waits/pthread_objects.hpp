#pragma once

#include <cstdint>
#include <optional>

#include "pycore/address.hpp"
#include "pycore/memory.hpp"
#include "pycore/wait.hpp"
#include "waits/futex.hpp"
#include "waits/native_index.hpp"

namespace pycore {

/// A thread that sleeps in `futex`: the word, and what it was to hold.
struct FutexCall {
    Address word;
    FutexOperation operation{0};
    std::uint32_t expected = 0;
    bool timed = false;
};

/// An object of glibc's that a thread waits for.
struct PthreadObject {
    ResourceKind kind = ResourceKind::futex;
    Address object;                     ///< null where its start cannot be told
    std::optional<std::int32_t> owner;  ///< the thread it says it belongs to
    bool certain = true;
};

/// The object of this kind, which the name of the function that waits tells, around the word. A
/// condition may turn out to be the mutex that is taken again after it.
PthreadObject pthread_object_of(const Memory& memory,
                                const NativeIndex& index,
                                ResourceKind kind,
                                const FutexCall& call);

/// The same without a name: by the operation and the words around. Nothing where they fit no
/// object.
std::optional<PthreadObject> recognise_pthread_object(const Memory& memory,
                                                      const NativeIndex& index,
                                                      const FutexCall& call);

}  // namespace pycore
