#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace pycore {

/// What a file of the machine's own tells of itself.
struct ElfFacts {
    std::string build_id;        ///< hex; empty: none
    bool symbol_table = false;   ///< names of static functions too
    std::string python_library;  ///< the libpython it is linked with, as it names it; empty: none
};

/// Nothing where the file is no ELF file that can be read.
[[nodiscard]] std::optional<ElfFacts> read_elf_facts(const std::filesystem::path& file);

}  // namespace pycore
