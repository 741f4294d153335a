#pragma once

#include <memory>

#include "elf/elf_file.hpp"

namespace pycore {

/// The ELF file packed into .gnu_debugdata, which holds the symbols that .dynsym has not. Null when
/// there is none, or it cannot be unpacked.
std::shared_ptr<const ElfFile> open_mini_debug_info(const ElfFile& file);

/// An ELF file whose bytes are already here.
std::shared_ptr<const ElfFile> open_elf_in_memory(std::span<const std::byte> bytes);

}  // namespace pycore
