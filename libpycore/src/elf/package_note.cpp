#include "elf/package_note.hpp"

#include "base/flat_json.hpp"

namespace pycore {
namespace {

constexpr std::uint32_t type_of_package_note = 0xCAFE'1A7E;
constexpr std::size_t longest_note = 4096;

}  // namespace

std::optional<std::string> read_package_note(const ReadAt& read,
                                             std::span<const Elf64_Phdr> headers,
                                             const PlaceOf& place)
{
    const auto bytes =
        find_elf_note(read, headers, place,
                      {.owner = "FDO", .type = type_of_package_note, .longest = longest_note});
    if (!bytes) {
        return std::nullopt;
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    const auto members = parse_flat_json(text.substr(0, text.find('\0')));
    if (!members) {
        return std::nullopt;
    }
    const auto name = members->find("name");
    if (name == members->end() || name->second.empty()) {
        return std::nullopt;
    }
    const auto version = members->find("version");
    const bool has_version = version != members->end() && !version->second.empty();
    return has_version ? name->second + ' ' + version->second : name->second;
}

}  // namespace pycore
