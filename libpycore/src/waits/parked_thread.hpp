#pragma once

#include <optional>

#include "pycore/address.hpp"
#include "pycore/core_file.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// A thread that sleeps on a semaphore in its own stack.
struct ParkedThread {
    Address address;  ///< the byte it is parked for; null where it waits for a raw mutex
    bool certain = true;
};

/// What a futex word in the stack of the thread with these registers means. Nothing for any other
/// word.
std::optional<ParkedThread> find_parked(const Memory& memory,
                                        const ThreadRegisters& registers,
                                        Address word);

}  // namespace pycore
