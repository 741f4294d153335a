#include "memory/mapped_image.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "elf/elf_file.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t page_size = 4096;
constexpr std::uint16_t most_program_headers = 256;
constexpr std::uint64_t largest_image = std::uint64_t{64} << 30;

constexpr std::uint64_t page_start(std::uint64_t at)
{
    return at & ~(page_size - 1);
}

/// The PT_LOAD that holds the ELF header: the first page of the file.
const Elf64_Phdr* find_first_load(const std::vector<Elf64_Phdr>& headers)
{
    const auto found = std::find_if(headers.begin(), headers.end(), [](const Elf64_Phdr& header) {
        return header.p_type == PT_LOAD && page_start(header.p_offset) == 0;
    });
    return found == headers.end() ? nullptr : &*found;
}

Result<AddressRange> range_of(const MappedImage& image, Address start)
{
    std::uint64_t high = start.value;
    for (const Elf64_Phdr& header : image.program_headers) {
        if (header.p_type != PT_LOAD) {
            continue;
        }
        const auto load = AddressRange::make(Address{image.bias + header.p_vaddr}, header.p_memsz);
        const auto end = load ? offset_by(load->high(), page_size - 1) : std::nullopt;
        if (!end || load->low().value < page_start(start.value) ||
            end->value - start.value > largest_image) {
            return Fault{FaultCode::bad_format, start.value, "program headers"};
        }
        high = std::max(high, page_start(end->value));
    }
    const auto range = AddressRange::make(start, high - start.value);
    return range ? Result(*range) : Fault{FaultCode::bad_format, start.value, "program headers"};
}

}  // namespace

Result<MappedImage> read_mapped_image(const Memory& memory, Address start)
{
    const ReadAt read = [&memory](std::uint64_t at, std::span<std::byte> out, Label what) {
        return memory.read_bytes(Address{at}, out, what);
    };
    PYCORE_TRY(const Elf64_Ehdr header, read_elf_header(read, start.value));
    if (header.e_type != ET_DYN && header.e_type != ET_EXEC) {
        return Fault{FaultCode::bad_format, header.e_type, "ELF type"};
    }
    MappedImage image;
    const std::uint64_t count = std::min(header.e_phnum, most_program_headers);
    auto headers = read_program_headers(read, start.value, header, count);
    if (headers.stop == Stop::fault) {
        return *headers.fault;
    }
    image.program_headers = std::move(headers.items);
    const Elf64_Phdr* const first = find_first_load(image.program_headers);
    if (first == nullptr) {
        return Fault{FaultCode::bad_format, start.value, "program headers"};
    }
    // Unsigned on purpose: prelinked files may have lower addresses than they are linked for.
    image.bias = start.value - (first->p_vaddr - first->p_offset);
    PYCORE_TRY(image.range, range_of(image, start));
    image.build_id = read_build_id(read, image.program_headers, [&image](const Elf64_Phdr& note) {
        return std::optional(image.bias + note.p_vaddr);
    });
    return image;
}

}  // namespace pycore
