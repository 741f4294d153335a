#include <algorithm>

#include "base/try.hpp"
#include "elf/elf_sections.hpp"
#include "elf/gnu_hash.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t most_symbols = 1 << 22;
constexpr std::uint64_t longest_chain = 1 << 16;
constexpr std::uint64_t most_dynamic_entries = 1 << 12;

/// Offsets in the file. 0 is a table that is not there: nothing but the ELF header is at 0.
struct SymbolTable {
    std::uint64_t symbols = 0;
    std::uint64_t strings = 0;
    std::uint64_t count = 0;
    std::uint64_t gnu_hash = 0;
};

std::uint64_t file_offset_of(std::span<const Elf64_Phdr> headers, std::uint64_t address)
{
    for (const Elf64_Phdr& header : headers) {
        if (header.p_type == PT_LOAD && address >= header.p_vaddr &&
            address - header.p_vaddr < header.p_filesz) {
            return header.p_offset + (address - header.p_vaddr);
        }
    }
    return 0;
}

SymbolTable read_dynamic(const InputFile& input, std::span<const Elf64_Phdr> headers)
{
    SymbolTable table;
    const auto dynamic = std::find_if(headers.begin(), headers.end(), [](const Elf64_Phdr& header) {
        return header.p_type == PT_DYNAMIC;
    });
    if (dynamic == headers.end()) {
        return table;
    }
    const std::uint64_t count =
        std::min(dynamic->p_filesz / sizeof(Elf64_Dyn), most_dynamic_entries);
    for (std::uint64_t index = 0; index < count; ++index) {
        const auto entry =
            input.read<Elf64_Dyn>(dynamic->p_offset + index * sizeof(Elf64_Dyn), "dynamic section");
        if (!entry || entry->d_tag == DT_NULL) {
            break;
        }
        const std::uint64_t offset = file_offset_of(headers, entry->d_un.d_ptr);
        switch (entry->d_tag) {
        case DT_SYMTAB: table.symbols = offset; break;
        case DT_STRTAB: table.strings = offset; break;
        case DT_GNU_HASH: table.gnu_hash = offset; break;
        default: break;
        }
    }
    return table;
}

std::optional<ElfSymbol> symbol_if_named(const InputFile& input,
                                         const SymbolTable& table,
                                         std::uint64_t index,
                                         std::string_view name)
{
    const auto symbol =
        input.read<Elf64_Sym>(table.symbols + index * sizeof(Elf64_Sym), "symbol table");
    if (!symbol || symbol->st_shndx == SHN_UNDEF || symbol->st_name == 0 ||
        !is_string_at(input, table.strings + symbol->st_name, name)) {
        return std::nullopt;
    }
    return ElfSymbol{.value = symbol->st_value, .size = symbol->st_size};
}

std::optional<ElfSymbol> find_by_hash(const InputFile& input,
                                      const SymbolTable& table,
                                      std::string_view name)
{
    const Label what = "DT_GNU_HASH";
    const auto header = input.read<GnuHashHeader>(table.gnu_hash, what);
    if (!header || header->buckets == 0) {
        return std::nullopt;
    }
    const std::uint32_t hash = gnu_hash_of(name);
    const std::uint64_t buckets =
        table.gnu_hash + sizeof(GnuHashHeader) + std::uint64_t{header->filter_words} * 8;
    const std::uint64_t chains = buckets + std::uint64_t{header->buckets} * 4;
    const auto first =
        input.read<std::uint32_t>(buckets + std::uint64_t{hash % header->buckets} * 4, what);
    if (!first || *first < header->first_symbol) {
        return std::nullopt;
    }
    for (std::uint64_t index = *first; index < *first + longest_chain; ++index) {
        const auto entry =
            input.read<std::uint32_t>(chains + (index - header->first_symbol) * 4, what);
        if (!entry) {
            return std::nullopt;
        }
        if ((*entry | 1) == (hash | 1)) {
            if (const auto symbol = symbol_if_named(input, table, index, name)) {
                return symbol;
            }
        }
        if ((*entry & 1) != 0) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<ElfSymbol> find_by_scan(const InputFile& input,
                                      const SymbolTable& table,
                                      std::string_view name)
{
    const std::uint64_t there = (input.size() - std::min(input.size(), table.symbols));
    const std::uint64_t count =
        std::min({table.count, most_symbols, there / std::uint64_t{sizeof(Elf64_Sym)}});
    for (std::uint64_t index = 1; index < count; ++index) {
        if (const auto symbol = symbol_if_named(input, table, index, name)) {
            return symbol;
        }
    }
    return std::nullopt;
}

/// .symtab, or the .dynsym of a file without DT_GNU_HASH.
std::optional<SymbolTable> table_of_section(std::span<const Elf64_Shdr> sections,
                                            std::uint32_t type)
{
    for (const Elf64_Shdr& section : sections) {
        if (section.sh_type == type && section.sh_link < sections.size()) {
            return SymbolTable{.symbols = section.sh_offset,
                               .strings = sections[section.sh_link].sh_offset,
                               .count = section.sh_size / sizeof(Elf64_Sym),
                               .gnu_hash = 0};
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<ElfSymbol> ElfFile::find_symbol(std::string_view name) const
{
    const SymbolTable dynamic = read_dynamic(*input_, headers_);
    const bool hashed = dynamic.symbols != 0 && dynamic.strings != 0 && dynamic.gnu_hash != 0;
    if (hashed) {
        if (const auto symbol = find_by_hash(*input_, dynamic, name)) {
            return symbol;
        }
    }
    const auto sections = read_sections(*input_, header_);
    for (const std::uint32_t type : {std::uint32_t{SHT_DYNSYM}, std::uint32_t{SHT_SYMTAB}}) {
        const auto table =
            hashed && type == SHT_DYNSYM ? std::nullopt : table_of_section(sections, type);
        if (table) {
            if (const auto symbol = find_by_scan(*input_, *table, name)) {
                return symbol;
            }
        }
    }
    return std::nullopt;
}

}  // namespace pycore
