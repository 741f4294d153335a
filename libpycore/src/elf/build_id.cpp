#include "elf/elf_file.hpp"
#include "elf/elf_notes.hpp"

namespace pycore {
namespace {

// 20 bytes from GNU ld, up to 64 with other hashes.
constexpr std::size_t longest_build_id = 64;

std::string hex_of(std::span<const std::byte> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : bytes) {
        text.push_back(digits[std::to_integer<unsigned>(byte) >> 4]);
        text.push_back(digits[std::to_integer<unsigned>(byte) & 0xF]);
    }
    return text;
}

}  // namespace

std::optional<std::string> read_build_id(const ReadAt& read,
                                         std::span<const Elf64_Phdr> headers,
                                         const PlaceOf& place)
{
    const auto bytes =
        find_elf_note(read, headers, place,
                      {.owner = "GNU", .type = NT_GNU_BUILD_ID, .longest = longest_build_id});
    return bytes ? std::optional(hex_of(*bytes)) : std::nullopt;
}

}  // namespace pycore
