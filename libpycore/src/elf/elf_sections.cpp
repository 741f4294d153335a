#include "elf/elf_sections.hpp"

#include <algorithm>
#include <cstring>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t most_sections = 1 << 16;

}  // namespace

std::vector<Elf64_Shdr> read_sections(const InputFile& input, const Elf64_Ehdr& header)
{
    std::vector<Elf64_Shdr> sections;
    if (header.e_shoff == 0 || header.e_shentsize != sizeof(Elf64_Shdr)) {
        return sections;
    }
    // 0 with a table means that the count is in its first entry.
    std::uint64_t count = header.e_shnum;
    if (count == 0) {
        const auto first = input.read<Elf64_Shdr>(header.e_shoff, "section header 0");
        count = first ? first->sh_size : 0;
    }
    count = std::min(count, most_sections);
    for (std::uint64_t index = 0; index < count; ++index) {
        const auto at = offset_by(Address{header.e_shoff}, index * sizeof(Elf64_Shdr));
        const auto section =
            at ? input.read<Elf64_Shdr>(at->value, "section headers")
               : Result<Elf64_Shdr>(Fault{FaultCode::bad_format, index, "section headers"});
        if (!section) {
            break;
        }
        sections.push_back(*section);
    }
    return sections;
}

bool is_string_at(const InputFile& input, std::uint64_t at, std::string_view text)
{
    // Names differ at once nearly always, so the first bytes decide before all are read.
    std::array<char, 256> bytes{};
    if (text.size() >= bytes.size()) {
        return false;
    }
    const auto wanted = std::span(bytes).first(text.size() + 1);
    return input.read_bytes(at, std::as_writable_bytes(wanted), "ELF string") &&
           std::memcmp(bytes.data(), text.data(), text.size()) == 0 && wanted.back() == '\0';
}

std::optional<ElfSection> ElfFile::find_section(std::string_view name) const
{
    const auto sections = read_sections(*input_, header_);
    std::uint64_t names = header_.e_shstrndx;
    if (names == SHN_XINDEX && !sections.empty()) {
        names = sections.front().sh_link;
    }
    if (names >= sections.size()) {
        return std::nullopt;
    }
    const Elf64_Shdr& table = sections[static_cast<std::size_t>(names)];
    for (const Elf64_Shdr& section : sections) {
        const auto at = offset_by(Address{table.sh_offset}, section.sh_name);
        if (section.sh_name < table.sh_size && at && is_string_at(*input_, at->value, name)) {
            return ElfSection{.address = section.sh_addr,
                              .size = section.sh_size,
                              .file_offset = section.sh_offset,
                              .flags = section.sh_flags};
        }
    }
    return std::nullopt;
}

bool ElfFile::is_debug_file() const
{
    const auto sections = read_sections(*input_, header_);
    return std::any_of(sections.begin(), sections.end(), [](const Elf64_Shdr& section) {
        return section.sh_type == SHT_NOBITS && (section.sh_flags & SHF_EXECINSTR) != 0;
    });
}

}  // namespace pycore
