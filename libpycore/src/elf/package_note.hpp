#pragma once

#include <optional>
#include <span>
#include <string>

#include "elf/elf_notes.hpp"

namespace pycore {

/// The distribution's package that an ELF file came with, as its .note.package tells:
/// "python3.12 3.12.1-2.fc39".
std::optional<std::string> read_package_note(const ReadAt& read,
                                             std::span<const Elf64_Phdr> headers,
                                             const PlaceOf& place);

}  // namespace pycore
