#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "memory/module.hpp"
#include "unwind/cfi_table.hpp"
#include "unwind/unwind_row.hpp"

namespace pycore {

/// The separate debug file of a module by its index, or null.
using DebugFiles = std::function<std::shared_ptr<const ElfFile>(std::size_t module)>;

/// The call frame information of all modules. Tables are opened when they are first needed, and
/// rows are kept: the threads of a process mostly wait in the same few places.
class CfiIndex {
public:
    /// `memory` and `modules` outlive this object. `debug_files` may be empty.
    CfiIndex(const Memory& memory, std::span<const Module> modules, DebugFiles debug_files);

    /// What is known about the instruction at `pc` of a module; null when nothing is.
    std::shared_ptr<const UnwindRow> find(Address pc, std::size_t module);

private:
    /// In the order they are tried; those that are not there are left out.
    struct Tables {
        bool opened = false;
        bool searched = false;  ///< for a debug file, which only code without other tables needs
        std::vector<CfiTable> tables;
    };

    const std::vector<CfiTable>& tables_of(std::size_t module);
    std::shared_ptr<const UnwindRow> find_in(std::span<const CfiTable> tables, Address pc);
    std::span<const CfiTable> search_debug_file(std::size_t module);

    const Memory& memory_;
    std::span<const Module> modules_;
    DebugFiles debug_files_;
    std::vector<Tables> tables_;
    std::unordered_map<std::uint64_t, std::shared_ptr<const UnwindRow>> rows_;
};

/// The module whose pages hold `at`. `modules` are in the order of addresses.
std::optional<std::size_t> find_module(std::span<const Module> modules, Address at);

}  // namespace pycore
