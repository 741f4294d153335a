#pragma once

#include <span>
#include <vector>

#include "crash/memory_map.hpp"
#include "crash/python_types.hpp"
#include "memory/module.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore {

/// What is needed to say what an address points to. `modules` are in the order of addresses;
/// `types` is null where no Python was found.
struct TargetSources {
    const MemoryMap& map;
    std::span<const Module> modules;
    NativeSymbols& symbols;
    const PythonTypes* types = nullptr;
};

/// Of the exact address, not of the memory around it.
AddressTarget find_address_target(const TargetSources& sources, Address at);

/// The general registers and the pc that point into memory, in the order people list them.
std::vector<RegisterTarget> find_register_targets(const TargetSources& sources,
                                                  Machine machine,
                                                  const ThreadRegisters& registers);

}  // namespace pycore
