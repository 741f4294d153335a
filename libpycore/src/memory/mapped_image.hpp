#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elf/elf_headers.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// An ELF file as it lies in the process's memory, as far as its headers tell.
struct MappedImage {
    AddressRange range;  ///< of all its PT_LOADs, in whole pages
    std::uint64_t bias = 0;
    std::vector<Elf64_Phdr> program_headers;
    std::optional<std::string> build_id;
};

/// The image whose ELF header is at `start`. A fault when there is none, or it makes no sense.
Result<MappedImage> read_mapped_image(const Memory& memory, Address start);

}  // namespace pycore
