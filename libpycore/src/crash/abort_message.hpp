#pragma once

#include <optional>
#include <span>
#include <string>

#include "memory/module.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// What the C library said before it called `abort` itself: "free(): invalid pointer". glibc keeps
/// it in `__abort_msg`, which only its ELF file names; without that file nothing.
std::optional<std::string> read_abort_message(const Memory& memory,
                                              std::span<const Module> modules,
                                              const Limits& limits);

}  // namespace pycore
