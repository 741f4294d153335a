#pragma once

#include <cstddef>

#include "pycore/address.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// The `pthread_cond_t` that a thread sleeps in whose futex is at `word`, of a process of so many
/// threads. Null where nothing around the word looks like one.
Address find_condition(const Memory& memory, Address word, std::size_t threads);

}  // namespace pycore
