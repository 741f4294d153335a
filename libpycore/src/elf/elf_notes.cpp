#include "elf/elf_notes.hpp"

#include <algorithm>

#include "elf/note_reader.hpp"
#include "pycore/address.hpp"

namespace pycore {
namespace {

// Notes of ELF files are a build id, properties and a package: a few hundred bytes.
constexpr std::uint64_t longest_segment = 64 << 10;

std::optional<std::vector<std::byte>> read_descriptor(const ReadAt& read,
                                                      const Note& note,
                                                      std::size_t longest)
{
    if (note.size == 0 || note.size > longest) {
        return std::nullopt;
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(note.size));
    return read(note.offset, bytes, "note of an ELF file") ? std::optional(std::move(bytes))
                                                           : std::nullopt;
}

}  // namespace

std::optional<std::vector<std::byte>> find_elf_note(const ReadAt& read,
                                                    std::span<const Elf64_Phdr> headers,
                                                    const PlaceOf& place,
                                                    const NoteKind& kind)
{
    std::optional<std::vector<std::byte>> found;
    for (const Elf64_Phdr& header : headers) {
        if (header.p_type != PT_NOTE || found) {
            continue;
        }
        const std::uint64_t size = std::min(header.p_filesz, longest_segment);
        const auto at = place(header);
        if (!at || !offset_by(Address{*at}, size)) {
            continue;
        }
        // A note that cannot be read leaves the ones before it, which is all that can be had.
        (void)for_each_note(read, *at, size, header.p_align, [&](const Note& note) {
            if (!found && note.name == kind.owner && note.type == kind.type) {
                found = read_descriptor(read, note, kind.longest);
            }
        });
    }
    return found;
}

}  // namespace pycore
