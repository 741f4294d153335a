#include "support/elf_builder.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace pycore::test {
namespace {

// Where things lie in the first page; there is room for a few symbols.
constexpr std::size_t note_at = 0x200;
constexpr std::size_t hash_at = 0x300;
constexpr std::size_t symbols_at = 0x400;
constexpr std::size_t strings_at = 0x800;
// In the writable page, as linkers have it.
constexpr std::size_t dynamic_at = ElfBuilder::writable;

template <class T>
void put(Bytes& bytes, std::size_t at, const T& value)
{
    std::memcpy(bytes.data() + at, &value, sizeof(value));
}

void put_text(Bytes& bytes, std::size_t at, std::string_view text)
{
    std::memcpy(bytes.data() + at, text.data(), text.size());
}

Elf64_Phdr load(std::uint64_t at, Elf64_Word flags)
{
    return {.p_type = PT_LOAD,
            .p_flags = flags,
            .p_offset = at,
            .p_vaddr = at,
            .p_paddr = at,
            .p_filesz = ElfBuilder::page,
            .p_memsz = ElfBuilder::page,
            .p_align = ElfBuilder::page};
}

std::uint32_t gnu_hash(std::string_view name)
{
    std::uint32_t hash = 5381;
    for (const char letter : name) {
        hash = hash * 33 + static_cast<unsigned char>(letter);
    }
    return hash;
}

template <class Symbols>
void append_table(Bytes& symbols, Bytes& strings, const Symbols& entries)
{
    append(symbols, Elf64_Sym{});
    strings.push_back(std::byte{0});
    for (const auto& entry : entries) {
        append(
            symbols,
            Elf64_Sym{.st_name = static_cast<Elf64_Word>(strings.size()),
                      .st_info = static_cast<unsigned char>(ELF64_ST_INFO(STB_GLOBAL, entry.kind)),
                      .st_other = 0,
                      .st_shndx = 1,
                      .st_value = entry.value,
                      .st_size = entry.size});
        const Bytes name = bytes_of(entry.name);
        strings.insert(strings.end(), name.begin(), name.end());
        strings.push_back(std::byte{0});
    }
}

}  // namespace

ElfBuilder& ElfBuilder::build_id(std::string_view bytes)
{
    build_id_ = bytes;
    return *this;
}

ElfBuilder& ElfBuilder::data(std::string_view read_only_data)
{
    data_ = read_only_data;
    return *this;
}

ElfBuilder& ElfBuilder::symbol(std::string name, std::uint64_t value, std::uint64_t size_of_it)
{
    symbols_.push_back({std::move(name), value, size_of_it});
    return *this;
}

ElfBuilder& ElfBuilder::local_symbol(std::string name,
                                     std::uint64_t value,
                                     std::uint64_t size_of_it)
{
    local_symbols_.push_back({std::move(name), value, size_of_it});
    return *this;
}

ElfBuilder& ElfBuilder::local_function(std::string name,
                                       std::uint64_t value,
                                       std::uint64_t size_of_it)
{
    local_symbols_.push_back({std::move(name), value, size_of_it, STT_FUNC});
    return *this;
}

ElfBuilder& ElfBuilder::section(std::string name, std::uint64_t address, std::uint64_t size_of_it)
{
    sections_.push_back({std::move(name), address, size_of_it});
    return *this;
}

ElfBuilder& ElfBuilder::stripped()
{
    stripped_ = true;
    return *this;
}

ElfBuilder& ElfBuilder::debug_file()
{
    debug_file_ = true;
    return *this;
}

ElfBuilder& ElfBuilder::change_header(std::function<void(Elf64_Ehdr&)> change)
{
    header_change_ = std::move(change);
    return *this;
}

void ElfBuilder::put_headers(Bytes& file) const
{
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_DYN;
    header.e_machine = EM_X86_64;
    header.e_phoff = sizeof(header);
    header.e_phentsize = sizeof(Elf64_Phdr);
    header.e_phnum = 5;
    put(file, 0, header);
    const std::uint64_t note_size = build_id_.empty() ? 0 : 16 + build_id_.size();
    const Elf64_Phdr note{.p_type = PT_NOTE,
                          .p_flags = PF_R,
                          .p_offset = note_at,
                          .p_vaddr = note_at,
                          .p_paddr = note_at,
                          .p_filesz = note_size,
                          .p_memsz = note_size,
                          .p_align = 4};
    Elf64_Phdr dynamic = load(dynamic_at, PF_R | PF_W);
    dynamic.p_type = PT_DYNAMIC;
    dynamic.p_filesz = 4 * sizeof(Elf64_Dyn);
    std::size_t at = sizeof(header);
    for (const Elf64_Phdr& entry : {load(0, PF_R), load(read_only, PF_R | PF_X),
                                    load(writable, PF_R | PF_W), note, dynamic}) {
        put(file, at, entry);
        at += sizeof(entry);
    }
    if (note_size > 0) {
        put(file, note_at,
            Elf64_Nhdr{.n_namesz = 4,
                       .n_descsz = static_cast<Elf64_Word>(build_id_.size()),
                       .n_type = NT_GNU_BUILD_ID});
        put_text(file, note_at + 12, "GNU");
        put_text(file, note_at + 16, build_id_);
    }
}

void ElfBuilder::put_dynamic(Bytes& file) const
{
    Bytes symbols;
    Bytes strings;
    append_table(symbols, strings, symbols_);
    std::copy(symbols.begin(), symbols.end(), file.begin() + symbols_at);
    std::copy(strings.begin(), strings.end(), file.begin() + strings_at);
    // One bucket, one word of filter that lets everything through, one chain of all symbols.
    Bytes hash;
    for (const std::uint32_t word : {1U, 1U, 1U, 0U, ~0U, ~0U, symbols_.empty() ? 0U : 1U}) {
        append(hash, word);
    }
    for (const Symbol& symbol : symbols_) {
        const bool last = &symbol == &symbols_.back();
        append(hash, (gnu_hash(symbol.name) & ~1U) | (last ? 1U : 0U));
    }
    std::copy(hash.begin(), hash.end(), file.begin() + hash_at);
    std::size_t at = dynamic_at;
    const auto add = [&](Elf64_Sxword tag, std::uint64_t value) {
        put(file, at, Elf64_Dyn{.d_tag = tag, .d_un = {.d_val = value}});
        at += sizeof(Elf64_Dyn);
    };
    add(DT_GNU_HASH, hash_at);
    add(DT_SYMTAB, symbols_at);
    add(DT_STRTAB, strings_at);
    add(DT_NULL, 0);
}

void ElfBuilder::append_sections(Bytes& file) const
{
    Bytes symbols;
    Bytes strings;
    append_table(symbols, strings, local_symbols_);
    Bytes names{std::byte{0}};
    std::vector<Elf64_Shdr> headers(1);
    const auto add = [&](std::string_view name, Elf64_Shdr section) {
        section.sh_name = static_cast<Elf64_Word>(names.size());
        const Bytes text = bytes_of(name);
        names.insert(names.end(), text.begin(), text.end());
        names.push_back(std::byte{0});
        headers.push_back(section);
    };
    add(".text", {.sh_type = debug_file_ ? Elf64_Word{SHT_NOBITS} : Elf64_Word{SHT_PROGBITS},
                  .sh_flags = SHF_ALLOC | SHF_EXECINSTR,
                  .sh_addr = read_only,
                  .sh_offset = read_only,
                  .sh_size = page});
    for (const Symbol& section : sections_) {
        add(section.name, {.sh_type = SHT_PROGBITS,
                           .sh_flags = SHF_ALLOC,
                           .sh_addr = section.value,
                           .sh_offset = section.value,
                           .sh_size = section.size});
    }
    const auto symtab_index = static_cast<Elf64_Word>(headers.size());
    add(".symtab", {.sh_type = SHT_SYMTAB,
                    .sh_offset = file.size(),
                    .sh_size = symbols.size(),
                    .sh_link = symtab_index + 1,
                    .sh_entsize = sizeof(Elf64_Sym)});
    file.insert(file.end(), symbols.begin(), symbols.end());
    add(".strtab", {.sh_type = SHT_STRTAB, .sh_offset = file.size(), .sh_size = strings.size()});
    file.insert(file.end(), strings.begin(), strings.end());
    add(".shstrtab", {.sh_type = SHT_STRTAB, .sh_offset = file.size(), .sh_size = names.size()});
    headers.back().sh_size = names.size();
    file.insert(file.end(), names.begin(), names.end());

    Elf64_Ehdr header{};
    std::memcpy(&header, file.data(), sizeof(header));
    header.e_shoff = file.size();
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shnum = static_cast<Elf64_Half>(headers.size());
    header.e_shstrndx = static_cast<Elf64_Half>(headers.size() - 1);
    put(file, 0, header);
    const auto view = std::as_bytes(std::span(headers));
    file.insert(file.end(), view.begin(), view.end());
}

Bytes ElfBuilder::bytes() const
{
    Bytes file(size);
    put_headers(file);
    put_dynamic(file);
    put_text(file, read_only, data_);
    if (!stripped_) {
        append_sections(file);
    }
    if (header_change_) {
        Elf64_Ehdr header{};
        std::memcpy(&header, file.data(), sizeof(header));
        header_change_(header);
        put(file, 0, header);
    }
    return file;
}

Bytes ElfBuilder::first_page() const
{
    Bytes file = bytes();
    file.resize(page);
    return file;
}

}  // namespace pycore::test
