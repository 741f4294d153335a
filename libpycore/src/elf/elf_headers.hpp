#pragma once

#include <elf.h>

#include "base/walk.hpp"
#include "elf/input_file.hpp"

namespace pycore {

/// The header of a 64-bit little-endian ELF file at `at`, of whatever type and machine. Faults:
/// `bad_format` "ELF magic"; `unsupported` "ELF class" and "ELF byte order" (the byte in `where`).
Result<Elf64_Ehdr> read_elf_header(const ReadAt& read, std::uint64_t at);

/// `count` program headers, which `header.e_phoff` finds from `at` on; fewer when they end early.
Walk<Elf64_Phdr> read_program_headers(const ReadAt& read,
                                      std::uint64_t at,
                                      const Elf64_Ehdr& header,
                                      std::uint64_t count);

}  // namespace pycore
