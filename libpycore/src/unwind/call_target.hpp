#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "memory/module.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// The name by which the call before `return_address` asked the dynamic linker for `callee`, the
/// first instruction of a function. It names functions that have no symbol where they are: a
/// stripped C library's variants of `memcpy`. x86-64 only; nothing where the call is not through
/// the linkage table, or leads elsewhere.
std::optional<std::string> name_of_callee(const Memory& memory,
                                          std::span<const Module> modules,
                                          Address return_address,
                                          Address callee);

/// The names by which any module asked the dynamic linker for `callee`, the first instruction of a
/// function, sorted: {"memcpy", "memmove"} where both are the same code. Looks at all relocations,
/// so it is for a few functions only. x86-64 only.
std::vector<std::string> names_bound_to(const Memory& memory,
                                        std::span<const Module> modules,
                                        Address callee);

/// "strlen@plt" for an address in that entry of a procedure linkage table. x86-64 only.
std::optional<std::string> name_of_linkage(const Memory& memory,
                                           std::span<const Module> modules,
                                           Address at);

}  // namespace pycore
