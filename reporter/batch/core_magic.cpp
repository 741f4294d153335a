#include "batch/core_magic.hpp"

#include <elf.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace pycore {
namespace {

using namespace std::string_view_literals;

constexpr std::array packed_magics{"\x28\xb5\x2f\xfd"sv, "\x04\x22\x4d\x18"sv,
                                   "\xfd\x37\x7a\x58\x5a\x00"sv, "\x1f\x8b"sv};

bool is_elf_core(std::string_view bytes)
{
    constexpr std::size_t type_offset = EI_NIDENT;
    if (bytes.size() < type_offset + 2 || !bytes.starts_with(std::string_view(ELFMAG, SELFMAG))) {
        return false;
    }
    const bool big_endian = bytes[EI_DATA] == ELFDATA2MSB;
    const char low = bytes[type_offset + (big_endian ? 1 : 0)];
    const char high = bytes[type_offset + (big_endian ? 0 : 1)];
    return low == ET_CORE && high == 0;
}

}  // namespace

FileKind kind_of_file(int descriptor)
{
    std::array<char, EI_NIDENT + 2> buffer{};
    const ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
        return FileKind::other;
    }
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
    if (is_elf_core(bytes)) {
        return FileKind::core;
    }
    for (const std::string_view magic : packed_magics) {
        if (bytes.starts_with(magic)) {
            return FileKind::packed;
        }
    }
    return FileKind::other;
}

}  // namespace pycore
