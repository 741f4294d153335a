#pragma once

#include <cstdint>
#include <optional>

#include "pycore/memory.hpp"

namespace pycore {

/// What `__tls_get_addr` is called with: a variable of a module.
struct ThreadVariable {
    std::uint64_t module = 0;  ///< as glibc numbers modules that have such variables, from 1 on
    std::uint64_t offset = 0;
};

/// The variable whose address the x86-64 function at `start` returns. Only for a function that does
/// nothing else, built for a shared library.
std::optional<ThreadVariable> find_returned_variable(const Memory& memory, Address start);

/// Where glibc put `variable` of the thread with `thread_pointer`. Nothing when that thread has not
/// used the module's variables yet.
std::optional<Address> find_thread_variable(const Memory& memory,
                                            Address thread_pointer,
                                            ThreadVariable variable);

}  // namespace pycore
