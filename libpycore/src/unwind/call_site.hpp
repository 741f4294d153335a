#pragma once

#include "pycore/core_file.hpp"
#include "pycore/memory.hpp"

namespace pycore {

enum class CallSite : std::uint8_t { yes, no, unreadable };

/// Whether the instruction before `at` is a call, as it must be before a return address.
CallSite follows_call(const Memory& memory, Machine machine, Address at);

}  // namespace pycore
