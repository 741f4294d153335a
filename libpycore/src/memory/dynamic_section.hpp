#pragma once

#include <elf.h>

#include <functional>

#include "memory/module.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// Calls `visit` for each entry of the dynamic section that `module` has in the process, as far as
/// it can be read.
void for_each_dynamic_entry(const Memory& memory,
                            const Module& module,
                            const std::function<void(const Elf64_Dyn&)>& visit);

/// The address that such an entry means: the dynamic linker puts addresses into its copy of the
/// section, but for the vdso's.
[[nodiscard]] std::uint64_t relocated(const Module& module, std::uint64_t value);

/// Whether `module` defines the dynamic symbol `name`, by its DT_GNU_HASH. A fault where the core
/// and the module's file do not hold what would tell.
Result<bool> defines_symbol(const Memory& memory, const Module& module, std::string_view name);

}  // namespace pycore
