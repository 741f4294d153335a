#include "support/section_file.hpp"

#include <cstring>

namespace pycore::test {

Bytes build_section_file(const std::vector<SectionContent>& sections)
{
    Bytes file(sizeof(Elf64_Ehdr));
    Bytes names{std::byte{0}};
    std::vector<Elf64_Shdr> headers(1);
    const auto add = [&](const SectionContent& section) {
        headers.push_back({.sh_name = static_cast<Elf64_Word>(names.size()),
                           .sh_type = section.type,
                           .sh_flags = section.flags,
                           .sh_addr = 0,
                           .sh_offset = file.size(),
                           .sh_size = section.bytes.size(),
                           .sh_link = section.link,
                           .sh_info = 0,
                           .sh_addralign = 1,
                           .sh_entsize = section.entry_size});
        file.insert(file.end(), section.bytes.begin(), section.bytes.end());
        const Bytes name = bytes_of(section.name);
        names.insert(names.end(), name.begin(), name.end());
        names.push_back(std::byte{0});
    };
    for (const SectionContent& section : sections) {
        add(section);
    }
    // Its own name last, so that it is among the names it holds.
    SectionContent own{.name = ".shstrtab", .type = SHT_STRTAB};
    own.bytes = names;
    const Bytes own_name = bytes_of(own.name);
    own.bytes.insert(own.bytes.end(), own_name.begin(), own_name.end());
    own.bytes.push_back(std::byte{0});
    add(own);

    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_DYN;
    header.e_machine = EM_X86_64;
    header.e_shoff = file.size();
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shnum = static_cast<Elf64_Half>(headers.size());
    header.e_shstrndx = static_cast<Elf64_Half>(headers.size() - 1);
    std::memcpy(file.data(), &header, sizeof(header));
    for (const Elf64_Shdr& section : headers) {
        append(file, section);
    }
    return file;
}

Bytes build_symbol_file(const std::vector<FunctionSymbol>& symbols,
                        std::uint32_t table_type,
                        std::vector<SectionContent> more)
{
    Bytes table;
    Bytes strings{std::byte{0}};
    append(table, Elf64_Sym{});
    for (const FunctionSymbol& symbol : symbols) {
        append(table, Elf64_Sym{.st_name = static_cast<Elf64_Word>(strings.size()),
                                .st_info = static_cast<unsigned char>(
                                    ELF64_ST_INFO(symbol.binding, symbol.type)),
                                .st_other = 0,
                                .st_shndx = symbol.section,
                                .st_value = symbol.start,
                                .st_size = symbol.size});
        const Bytes name = bytes_of(symbol.name);
        strings.insert(strings.end(), name.begin(), name.end());
        strings.push_back(std::byte{0});
    }
    std::vector<SectionContent> sections{
        {.name = ".text", .type = SHT_PROGBITS, .flags = SHF_ALLOC | SHF_EXECINSTR},
        {.name = ".data", .type = SHT_PROGBITS, .flags = SHF_ALLOC | SHF_WRITE},
        {.name = table_type == SHT_SYMTAB ? ".symtab" : ".dynsym",
         .type = table_type,
         .bytes = table,
         .link = 4,
         .entry_size = sizeof(Elf64_Sym)},
        {.name = ".strtab", .type = SHT_STRTAB, .bytes = strings}};
    sections.insert(sections.end(), more.begin(), more.end());
    return build_section_file(sections);
}

}  // namespace pycore::test
