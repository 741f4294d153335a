#pragma once

#include <elf.h>

#include <string>
#include <vector>

#include "support/core_builder.hpp"

namespace pycore::test {

struct SectionContent {
    std::string name;
    std::uint32_t type = SHT_PROGBITS;
    std::uint64_t flags = 0;
    Bytes bytes = {};
    std::uint32_t link = 0;
    std::uint64_t entry_size = 0;
};

struct FunctionSymbol {
    std::string name;
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    int binding = STB_GLOBAL;
    int type = STT_FUNC;
    std::uint16_t section = 1;
};

/// An ELF file of sections alone: the null section, then these in order, then their names.
Bytes build_section_file(const std::vector<SectionContent>& sections);

/// The same with .text (section 1) and the symbols in a table of `table_type`.
Bytes build_symbol_file(const std::vector<FunctionSymbol>& symbols,
                        std::uint32_t table_type = SHT_SYMTAB,
                        std::vector<SectionContent> more = {});

}  // namespace pycore::test
