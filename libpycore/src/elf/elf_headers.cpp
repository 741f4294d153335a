#include "elf/elf_headers.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/try.hpp"

namespace pycore {

Result<Elf64_Ehdr> read_elf_header(const ReadAt& read, std::uint64_t at)
{
    std::array<unsigned char, EI_NIDENT> identity{};
    const auto magic =
        read(at, std::as_writable_bytes(std::span(identity)).first(SELFMAG), "ELF magic");
    if (!magic && magic.fault().code != FaultCode::truncated) {
        return magic.fault();
    }
    // A file of three bytes is no ELF file that was cut off.
    if (!magic || std::memcmp(identity.data(), ELFMAG, SELFMAG) != 0) {
        return Fault{FaultCode::bad_format, at, "ELF magic"};
    }
    PYCORE_CHECK(read(at, std::as_writable_bytes(std::span(identity)), "ELF header"));
    if (identity[EI_CLASS] != ELFCLASS64) {
        return Fault{FaultCode::unsupported, identity[EI_CLASS], "ELF class"};
    }
    if (identity[EI_DATA] != ELFDATA2LSB) {
        return Fault{FaultCode::unsupported, identity[EI_DATA], "ELF byte order"};
    }
    Elf64_Ehdr header{};
    PYCORE_CHECK(read(at, std::as_writable_bytes(std::span(&header, 1)), "ELF header"));
    return header;
}

Walk<Elf64_Phdr> read_program_headers(const ReadAt& read,
                                      std::uint64_t at,
                                      const Elf64_Ehdr& header,
                                      std::uint64_t count)
{
    Walk<Elf64_Phdr> headers;
    if (count > 0 && header.e_phentsize != sizeof(Elf64_Phdr)) {
        headers.stop = Stop::fault;
        headers.fault = Fault{FaultCode::bad_format, header.e_phentsize, "program header size"};
        return headers;
    }
    for (std::uint64_t index = 0; index < count; ++index) {
        Elf64_Phdr entry{};
        const auto start = offset_by(Address{header.e_phoff}, index * sizeof(entry));
        const auto place = start ? offset_by(*start, at) : std::nullopt;
        const auto done = place ? read(place->value, std::as_writable_bytes(std::span(&entry, 1)),
                                       "program headers")
                                : Fault{FaultCode::bad_format, header.e_phoff, "program headers"};
        if (!done) {
            headers.stop = Stop::fault;
            headers.fault = done.fault();
            return headers;
        }
        headers.items.push_back(entry);
    }
    return headers;
}

}  // namespace pycore
