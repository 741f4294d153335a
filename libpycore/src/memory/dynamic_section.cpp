#include "memory/dynamic_section.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "elf/gnu_hash.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t most_dynamic_entries = 1 << 12;
constexpr std::uint32_t longest_chain = 1 << 12;

struct SymbolTables {
    std::uint64_t symbols = 0;
    std::uint64_t strings = 0;
    std::uint64_t hash = 0;
};

SymbolTables find_tables(const Memory& memory, const Module& module)
{
    SymbolTables tables;
    for_each_dynamic_entry(memory, module, [&](const Elf64_Dyn& entry) {
        const std::uint64_t address = relocated(module, entry.d_un.d_ptr);
        switch (entry.d_tag) {
        case DT_SYMTAB: tables.symbols = address; break;
        case DT_STRTAB: tables.strings = address; break;
        case DT_GNU_HASH: tables.hash = address; break;
        default: break;
        }
    });
    return tables;
}

Result<bool> is_definition(const Memory& memory,
                           const SymbolTables& tables,
                           std::uint64_t index,
                           std::string_view name)
{
    const Label what = "dynamic symbol";
    PYCORE_TRY(const auto symbol,
               memory.read<Elf64_Sym>(Address{tables.symbols + index * sizeof(Elf64_Sym)}, what));
    std::string there(name.size() + 1, '\0');
    PYCORE_CHECK(memory.read_bytes(Address{tables.strings + symbol.st_name},
                                   std::as_writable_bytes(std::span(there)), what));
    return symbol.st_shndx != SHN_UNDEF && there.back() == '\0' && there.starts_with(name);
}

}  // namespace

void for_each_dynamic_entry(const Memory& memory,
                            const Module& module,
                            const std::function<void(const Elf64_Dyn&)>& visit)
{
    const auto dynamic =
        std::find_if(module.program_headers.begin(), module.program_headers.end(),
                     [](const Elf64_Phdr& header) { return header.p_type == PT_DYNAMIC; });
    if (dynamic == module.program_headers.end()) {
        return;
    }
    const std::uint64_t count =
        std::min(dynamic->p_memsz / sizeof(Elf64_Dyn), most_dynamic_entries);
    for (std::uint64_t index = 0; index < count; ++index) {
        const auto entry = memory.read<Elf64_Dyn>(
            Address{module.bias + dynamic->p_vaddr + index * sizeof(Elf64_Dyn)}, "dynamic section");
        if (!entry || entry->d_tag == DT_NULL) {
            break;
        }
        visit(*entry);
    }
}

std::uint64_t relocated(const Module& module, std::uint64_t value)
{
    return module.range.contains(Address{value}) ? value : value + module.bias;
}

Result<bool> defines_symbol(const Memory& memory, const Module& module, std::string_view name)
{
    const Label what = "DT_GNU_HASH";
    const SymbolTables tables = find_tables(memory, module);
    if (tables.symbols == 0 || tables.strings == 0 || tables.hash == 0) {
        return Fault{FaultCode::bad_format, module.range.low().value, what};
    }
    PYCORE_TRY(const auto header, memory.read<GnuHashHeader>(Address{tables.hash}, what));
    if (header.buckets == 0) {
        return Fault{FaultCode::bad_format, tables.hash, what};
    }
    const std::uint32_t hash = gnu_hash_of(name);
    const std::uint64_t buckets =
        tables.hash + sizeof(header) + std::uint64_t{header.filter_words} * 8;
    const std::uint64_t chains = buckets + std::uint64_t{header.buckets} * 4;
    PYCORE_TRY(const auto first,
               memory.read<std::uint32_t>(
                   Address{buckets + std::uint64_t{hash % header.buckets} * 4}, what));
    if (first < header.first_symbol) {
        return false;
    }
    for (std::uint32_t step = 0; step < longest_chain; ++step) {
        const std::uint64_t index = std::uint64_t{first} + step;
        PYCORE_TRY(
            const auto entry,
            memory.read<std::uint32_t>(Address{chains + (index - header.first_symbol) * 4}, what));
        if ((entry | 1) == (hash | 1)) {
            PYCORE_TRY(const bool found, is_definition(memory, tables, index, name));
            if (found) {
                return true;
            }
        }
        if ((entry & 1) != 0) {
            return false;
        }
    }
    return Fault{FaultCode::limit_reached, chains, what};
}

}  // namespace pycore
