#include "unwind/symbol_table.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "elf/elf_sections.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t most_symbols = 4 << 20;
constexpr std::size_t symbols_at_once = 2048;
constexpr std::size_t longest_name = 4096;
// Symbols inside another one are few: labels in assembly.
constexpr std::size_t deepest_nesting = 64;
constexpr std::size_t most_aliases = 64;

bool is_function(const Elf64_Sym& symbol, const std::vector<Elf64_Shdr>& sections)
{
    const auto type = ELF64_ST_TYPE(symbol.st_info);
    if (symbol.st_name == 0 || (type != STT_FUNC && type != STT_GNU_IFUNC && type != STT_NOTYPE)) {
        return false;
    }
    return symbol.st_shndx < sections.size() &&
           (sections[symbol.st_shndx].sh_flags & SHF_EXECINSTR) != 0;
}

/// Only with a size: others mark the ends of sections.
bool is_variable(const Elf64_Sym& symbol, const std::vector<Elf64_Shdr>& sections)
{
    return symbol.st_name != 0 && symbol.st_size != 0 &&
           ELF64_ST_TYPE(symbol.st_info) == STT_OBJECT && symbol.st_shndx < sections.size() &&
           symbol.st_shndx != SHN_UNDEF &&
           (sections[symbol.st_shndx].sh_flags & (SHF_EXECINSTR | SHF_TLS)) == 0;
}

std::uint8_t rank_of(const Elf64_Sym& symbol)
{
    const bool untyped = ELF64_ST_TYPE(symbol.st_info) == STT_NOTYPE;
    std::uint8_t rank = untyped ? 4 : 0;
    switch (ELF64_ST_BIND(symbol.st_info)) {
    case STB_LOCAL: return rank + 2;
    case STB_WEAK: return rank + 1;
    default: return rank;
    }
}

/// "$x" and "$d" mark code and data on aarch64; they name nothing.
bool is_mapping_symbol(const std::string& name)
{
    return name.starts_with('$');
}

std::size_t leading_underscores(const std::string& name)
{
    return std::min(name.find_first_not_of('_'), name.size());
}

}  // namespace

bool SymbolTable::add(const std::shared_ptr<const ElfFile>& file)
{
    const auto sections = read_sections(*file->input(), file->header());
    bool has_full_table = false;
    for (const Elf64_Shdr& section : sections) {
        if (section.sh_type == SHT_SYMTAB || section.sh_type == SHT_DYNSYM) {
            add_section(file, sections, section);
            has_full_table = has_full_table || section.sh_type == SHT_SYMTAB;
        }
    }
    return has_full_table;
}

void SymbolTable::add_section(const std::shared_ptr<const ElfFile>& file,
                              const std::vector<Elf64_Shdr>& sections,
                              const Elf64_Shdr& table)
{
    if (table.sh_entsize != sizeof(Elf64_Sym) || table.sh_link >= sections.size() ||
        strings_.size() > UINT8_MAX) {
        return;
    }
    const Elf64_Shdr& strings = sections[table.sh_link];
    strings_.push_back({.file = file, .offset = strings.sh_offset, .size = strings.sh_size});
    sorted_ = false;
    const auto is_wanted = kind_ == SymbolKind::function ? is_function : is_variable;
    std::vector<Elf64_Sym> symbols;
    const std::uint64_t count = std::min(table.sh_size / sizeof(Elf64_Sym), most_symbols);
    for (std::uint64_t done = 0; done < count; done += symbols.size()) {
        symbols.resize(
            static_cast<std::size_t>(std::min<std::uint64_t>(symbols_at_once, count - done)));
        if (!file->input()->read_bytes(table.sh_offset + done * sizeof(Elf64_Sym),
                                       std::as_writable_bytes(std::span(symbols)),
                                       "symbol table")) {
            return;
        }
        for (const Elf64_Sym& symbol : symbols) {
            if (is_wanted(symbol, sections)) {
                entries_.push_back({.start = symbol.st_value,
                                    .size = symbol.st_size,
                                    .name = symbol.st_name,
                                    .table = static_cast<std::uint8_t>(strings_.size() - 1),
                                    .rank = rank_of(symbol)});
            }
        }
    }
}

void SymbolTable::sort() const
{
    if (sorted_) {
        return;
    }
    sorted_ = true;
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.start, a.rank, a.table, a.name) <
               std::tie(b.start, b.rank, b.table, b.name);
    });
}

std::string SymbolTable::name_of(const Entry& entry) const
{
    const Strings& strings = strings_[entry.table];
    std::array<char, 128> buffer{};
    std::string name;
    std::uint64_t at = entry.name;
    while (at < strings.size && name.size() < longest_name) {
        const auto part = std::span(buffer).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), strings.size - at)));
        const auto count = strings.file->input()->read_some(
            strings.offset + at, std::as_writable_bytes(part), "symbol name");
        if (!count) {
            break;
        }
        const std::string_view read(part.data(), *count);
        name.append(read.substr(0, read.find('\0')));
        if (read.find('\0') != std::string_view::npos) {
            break;
        }
        at += *count;
    }
    return name.substr(0, name.find('@'));
}

SymbolTable::Match SymbolTable::match_at(std::size_t index) const
{
    const std::uint64_t start = entries_[index].start;
    auto first = entries_.begin() + static_cast<std::ptrdiff_t>(index);
    while (first != entries_.begin() && std::prev(first)->start == start) {
        --first;
    }
    struct Candidate {
        std::string name;
        std::uint8_t rank;
    };
    std::vector<Candidate> candidates;
    Match match{.names = {}, .start = start};
    for (auto it = first; it != entries_.end() && it->start == start; ++it) {
        match.size = std::max(match.size, it->size);
        std::string name = name_of(*it);
        if (!name.empty() && !is_mapping_symbol(name) && candidates.size() < most_aliases) {
            candidates.push_back({.name = std::move(name), .rank = it->rank});
        }
    }
    // The name people know: `raise` among `gsignal`, `__GI_raise` and `__raise`.
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        const auto key = [](const Candidate& it) {
            return std::tuple(it.rank >= 4, leading_underscores(it.name), it.rank, it.name.size(),
                              std::string_view(it.name));
        };
        return key(a) < key(b);
    });
    for (Candidate& candidate : candidates) {
        if (match.names.empty() || match.names.back() != candidate.name) {
            match.names.push_back(std::move(candidate.name));
        }
    }
    return match;
}

std::optional<SymbolTable::Match> SymbolTable::find(std::uint64_t address) const
{
    sort();
    const auto after =
        std::upper_bound(entries_.begin(), entries_.end(), address,
                         [](std::uint64_t at, const Entry& entry) { return at < entry.start; });
    const auto last = static_cast<std::size_t>(after - entries_.begin());
    std::optional<std::size_t> unsized;
    for (std::size_t back = 1; back <= last && back <= deepest_nesting; ++back) {
        const Entry& entry = entries_[last - back];
        if (address - entry.start < entry.size) {
            Match match = match_at(last - back);
            return match.names.empty() ? std::nullopt : std::optional(std::move(match));
        }
        if (entry.size == 0 && !unsized && entry.start == entries_[last - 1].start) {
            unsized = last - back;
        }
    }
    if (!unsized) {
        return std::nullopt;
    }
    Match match = match_at(*unsized);
    return match.names.empty() || match.size != 0 ? std::nullopt : std::optional(std::move(match));
}

}  // namespace pycore
