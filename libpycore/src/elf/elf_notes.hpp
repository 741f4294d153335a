#pragma once

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "elf/input_file.hpp"

namespace pycore {

/// Turns a program header into what is read: an offset of a file, or an address of the process.
using PlaceOf = std::function<std::optional<std::uint64_t>(const Elf64_Phdr&)>;

/// What a note is looked for by. One whose descriptor is longer, or empty, is passed over.
struct NoteKind {
    std::string_view owner;
    std::uint32_t type = 0;
    std::size_t longest = 0;
};

/// The descriptor of the first such note in `headers`' PT_NOTEs.
std::optional<std::vector<std::byte>> find_elf_note(const ReadAt& read,
                                                    std::span<const Elf64_Phdr> headers,
                                                    const PlaceOf& place,
                                                    const NoteKind& kind);

}  // namespace pycore
