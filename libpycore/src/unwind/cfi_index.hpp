#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "memory/module.hpp"
#include "unwind/cfi_table.hpp"
#include "unwind/unwind_row.hpp"

namespace pycore {

/// The call frame information of all modules. Tables are opened when they are first needed, and
/// rows are kept: the threads of a process mostly wait in the same few places.
class CfiIndex {
public:
    /// Both outlive this object.
    CfiIndex(const Memory& memory, std::span<const Module> modules);

    /// What is known about the instruction at `pc` of a module; null when nothing is.
    std::shared_ptr<const UnwindRow> find(Address pc, std::size_t module);

private:
    /// In the order they are tried; those that are not there are left out.
    struct Tables {
        bool opened = false;
        std::vector<CfiTable> tables;
    };

    const std::vector<CfiTable>& tables_of(std::size_t module);

    const Memory& memory_;
    std::span<const Module> modules_;
    std::vector<Tables> tables_;
    std::unordered_map<std::uint64_t, std::shared_ptr<const UnwindRow>> rows_;
};

/// The module whose pages hold `at`. `modules` are in the order of addresses.
std::optional<std::size_t> find_module(std::span<const Module> modules, Address at);

}  // namespace pycore
