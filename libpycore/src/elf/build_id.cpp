#include <algorithm>

#include "base/try.hpp"
#include "elf/elf_file.hpp"
#include "elf/note_reader.hpp"

namespace pycore {
namespace {

// 20 bytes from GNU ld, up to 64 with other hashes; property notes beside it are short too.
constexpr std::uint64_t longest_build_id = 64;
constexpr std::uint64_t longest_segment = 64 << 10;

std::string hex_of(std::span<const unsigned char> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 0xF]);
    }
    return text;
}

std::optional<std::string> read_descriptor(const ReadAt& read, const Note& note)
{
    if (note.size == 0 || note.size > longest_build_id) {
        return std::nullopt;
    }
    std::vector<unsigned char> bytes(static_cast<std::size_t>(note.size));
    if (!read(note.offset, std::as_writable_bytes(std::span(bytes)), "build id")) {
        return std::nullopt;
    }
    return hex_of(bytes);
}

}  // namespace

std::optional<std::string> read_build_id(
    const ReadAt& read,
    std::span<const Elf64_Phdr> headers,
    const std::function<std::optional<std::uint64_t>(const Elf64_Phdr&)>& place)
{
    std::optional<std::string> build_id;
    for (const Elf64_Phdr& header : headers) {
        if (header.p_type != PT_NOTE || build_id) {
            continue;
        }
        const std::uint64_t size = std::min(header.p_filesz, longest_segment);
        const auto at = place(header);
        if (!at || !offset_by(Address{*at}, size)) {
            continue;
        }
        // A note that cannot be read leaves the ones before it, which is all that can be had.
        (void)for_each_note(read, *at, size, header.p_align, [&](const Note& note) {
            if (!build_id && note.name == "GNU" && note.type == NT_GNU_BUILD_ID) {
                build_id = read_descriptor(read, note);
            }
        });
    }
    return build_id;
}

}  // namespace pycore
