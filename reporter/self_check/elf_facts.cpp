#include "self_check/elf_facts.hpp"

#include <elfutils/libdwelf.h>
#include <fcntl.h>
#include <gelf.h>

#include <array>
#include <memory>
#include <string_view>

#include "owned_descriptor.hpp"

namespace pycore {
namespace {

struct EndElf {
    void operator()(Elf* elf) const { ::elf_end(elf); }
};

std::string build_id_of(Elf* elf)
{
    const void* bytes = nullptr;
    const ssize_t count = ::dwelf_elf_gnu_build_id(elf, &bytes);
    std::string hex;
    for (ssize_t i = 0; i < count; ++i) {
        constexpr std::string_view digits = "0123456789abcdef";
        const unsigned int byte = static_cast<const unsigned char*>(bytes)[i];
        hex += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return hex;
}

// The names of the libraries that the dynamic section asks for.
std::string find_python_library(Elf* elf, Elf_Scn* section, const GElf_Shdr& header)
{
    Elf_Data* const data = ::elf_getdata(section, nullptr);
    GElf_Dyn entry{};
    for (int i = 0; data != nullptr && ::gelf_getdyn(data, i, &entry) != nullptr; ++i) {
        if (entry.d_tag != DT_NEEDED) {
            continue;
        }
        const char* const name = ::elf_strptr(elf, header.sh_link, entry.d_un.d_val);
        if (name != nullptr && std::string_view(name).starts_with("libpython")) {
            return name;
        }
    }
    return {};
}

}  // namespace

std::optional<ElfFacts> read_elf_facts(const std::filesystem::path& file)
{
    const OwnedDescriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    ::elf_version(EV_CURRENT);
    const std::unique_ptr<Elf, EndElf> elf(
        opened ? ::elf_begin(opened.number(), ELF_C_READ, nullptr) : nullptr);
    if (!elf || ::elf_kind(elf.get()) != ELF_K_ELF) {
        return std::nullopt;
    }
    ElfFacts facts;
    facts.build_id = build_id_of(elf.get());
    for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf.get(), section)) != nullptr;) {
        GElf_Shdr header{};
        if (::gelf_getshdr(section, &header) == nullptr) {
            continue;
        }
        facts.symbol_table = facts.symbol_table || header.sh_type == SHT_SYMTAB;
        if (header.sh_type == SHT_DYNAMIC) {
            facts.python_library = find_python_library(elf.get(), section, header);
        }
    }
    return facts;
}

}  // namespace pycore
