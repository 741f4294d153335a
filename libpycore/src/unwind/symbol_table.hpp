#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "elf/elf_file.hpp"

namespace pycore {

enum class SymbolKind : std::uint8_t { function, variable };

/// The functions, or the variables, of one module, from the symbol tables of one or several ELF
/// files. Addresses are those of the files, before relocation. Names stay in the files until they
/// are asked for.
class SymbolTable {
public:
    explicit SymbolTable(SymbolKind kind = SymbolKind::function) : kind_(kind) {}

    /// The names of one function or variable, the best first.
    struct Match {
        std::vector<std::string> names;  ///< raw, without symbol versions; never empty
        std::uint64_t start = 0;
        std::uint64_t size = 0;  ///< 0: not told
    };

    /// Adds .symtab and .dynsym of `file`; true when it had a .symtab.
    bool add(const std::shared_ptr<const ElfFile>& file);

    /// What holds `address`, by size. A function without a size counts up to the next symbol, when
    /// no other holds the address.
    [[nodiscard]] std::optional<Match> find(std::uint64_t address) const;

private:
    struct Entry {
        std::uint64_t start = 0;
        std::uint64_t size = 0;
        std::uint32_t name = 0;  ///< offset in its string table
        std::uint8_t table = 0;  ///< index in `strings_`
        std::uint8_t rank = 0;   ///< lower is better: kind and binding
    };
    struct Strings {
        std::shared_ptr<const ElfFile> file;
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
    };

    void add_section(const std::shared_ptr<const ElfFile>& file,
                     const std::vector<Elf64_Shdr>& sections,
                     const Elf64_Shdr& table);
    void sort() const;
    [[nodiscard]] std::string name_of(const Entry& entry) const;
    [[nodiscard]] Match match_at(std::size_t index) const;

    SymbolKind kind_;
    mutable std::vector<Entry> entries_;
    mutable bool sorted_ = true;
    std::vector<Strings> strings_;
};

}  // namespace pycore
