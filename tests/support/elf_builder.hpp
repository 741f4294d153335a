#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/core_builder.hpp"

namespace pycore::test {

/// Builds a small shared library with one page of headers, one of read-only data and one of
/// writable data, as a linker lays them out:
///
///     const Bytes file = ElfBuilder().build_id("\x01\x02").symbol("answer", 0x1010, 8).bytes();
class ElfBuilder {
public:
    static constexpr std::uint64_t page = 4096;
    static constexpr std::uint64_t read_only = page;     ///< address and offset of the data
    static constexpr std::uint64_t writable = 2 * page;  ///< address and offset of the data
    static constexpr std::uint64_t size = 3 * page;      ///< as mapped

    ElfBuilder& build_id(std::string_view bytes);
    ElfBuilder& data(std::string_view read_only_data);

    /// In .dynsym, found by DT_GNU_HASH.
    ElfBuilder& symbol(std::string name, std::uint64_t value, std::uint64_t size);
    /// In .symtab only.
    ElfBuilder& local_symbol(std::string name, std::uint64_t value, std::uint64_t size);
    ElfBuilder& local_function(std::string name, std::uint64_t value, std::uint64_t size);
    ElfBuilder& section(std::string name, std::uint64_t address, std::uint64_t size);

    /// Without section headers, as after sstrip.
    ElfBuilder& stripped();
    /// The code is not in the file, as after `objcopy --only-keep-debug`.
    ElfBuilder& debug_file();
    ElfBuilder& change_header(std::function<void(Elf64_Ehdr&)> change);

    [[nodiscard]] Bytes bytes() const;
    /// What a kernel dumps of it: the first page.
    [[nodiscard]] Bytes first_page() const;

private:
    struct Symbol {
        std::string name;
        std::uint64_t value;
        std::uint64_t size;
        unsigned char kind = STT_OBJECT;
    };

    void put_headers(Bytes& file) const;
    void put_dynamic(Bytes& file) const;
    void append_sections(Bytes& file) const;

    std::string build_id_;
    std::string data_;
    std::vector<Symbol> symbols_;
    std::vector<Symbol> local_symbols_;
    std::vector<Symbol> sections_;
    bool stripped_ = false;
    bool debug_file_ = false;
    std::function<void(Elf64_Ehdr&)> header_change_;
};

}  // namespace pycore::test
