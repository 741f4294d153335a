#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "memory/module.hpp"
#include "pycore/core_file.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// What the core itself is.
CoreDescription describe_core(const CoreFile& core, const std::string& path);

/// Ids and names of the process, from NT_PRPSINFO, NT_AUXV, the mapped files and its stack.
ProcessDescription describe_process(const CoreFile& core,
                                    const Memory& memory,
                                    std::span<const Module> modules,
                                    const Limits& limits);

/// What the kernel put on the stack of the process, as it stands there now: a process may have
/// overwritten it.
struct InitialStack {
    std::vector<std::string> arguments;
    std::vector<EnvironmentVariable> environment;
};

/// Empty when they cannot be found.
InitialStack read_initial_stack(const CoreFile& core, const Memory& memory, const Limits& limits);

}  // namespace pycore
