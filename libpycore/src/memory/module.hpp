#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "elf/elf_file.hpp"
#include "pycore/address_space.hpp"
#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// One ELF file mapped into the process. Mapped twice at different places, it is two modules.
struct Module {
    std::string path;                     ///< as the core recorded it, without " (deleted)"
    bool deleted = false;                 ///< it was no longer at its path
    bool executable = false;              ///< the process's executable
    std::optional<std::string> build_id;  ///< from the core, lower-case hex
    AddressRange range;                   ///< from the first mapped page to the last
    std::uint64_t bias = 0;               ///< address of a symbol minus its value in the file
    /// Its program headers, read from the core; empty when the core does not hold them.
    std::vector<Elf64_Phdr> program_headers;
    std::vector<AddressRange> writable_ranges;  ///< of its PT_LOADs: .data and .bss
    std::optional<std::string> found;           ///< path of `elf`
    std::shared_ptr<const ElfFile> elf;         ///< null until attached
};

/// The modules of the process, by address: from NT_FILE, or when there is none from ELF headers at
/// the starts of segments. Mapped files that are no ELF files are no modules. Opens no file.
std::vector<Module> read_modules(const CoreFile& core,
                                 const AddressSpace& memory,
                                 const Limits& limits,
                                 std::vector<Gap>& gaps);

}  // namespace pycore
