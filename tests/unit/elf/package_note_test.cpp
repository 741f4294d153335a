#include "elf/package_note.hpp"

#include <cstring>

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

void append_note(Bytes& bytes, std::string_view owner, std::uint32_t type, std::string_view text)
{
    append(bytes, Elf64_Nhdr{.n_namesz = static_cast<Elf64_Word>(owner.size() + 1),
                             .n_descsz = static_cast<Elf64_Word>(text.size()),
                             .n_type = type});
    for (const std::string_view part : {owner, text}) {
        const Bytes padded = bytes_of(part);
        bytes.insert(bytes.end(), padded.begin(), padded.end());
        const bool is_owner = part.data() == owner.data();
        bytes.resize((bytes.size() + (is_owner ? 1 : 0) + 3) & ~std::size_t{3});
    }
}

/// `notes` as the only PT_NOTE of a file that is nothing else.
std::optional<std::string> package_of(const Bytes& notes)
{
    const ReadAt read = [&notes](std::uint64_t at, std::span<std::byte> out,
                                 Label what) -> Result<void> {
        if (at > notes.size() || out.size() > notes.size() - at) {
            return Fault{FaultCode::truncated, at, what};
        }
        std::memcpy(out.data(), notes.data() + at, out.size());
        return {};
    };
    const Elf64_Phdr header{
        .p_type = PT_NOTE, .p_filesz = notes.size(), .p_memsz = notes.size(), .p_align = 4};
    return read_package_note(read, std::span(&header, 1),
                             [](const Elf64_Phdr& note) { return std::optional(note.p_offset); });
}

std::optional<std::string> package_of(std::string_view text)
{
    Bytes notes;
    append_note(notes, "GNU", NT_GNU_BUILD_ID, "\x01\x02\x03");
    append_note(notes, "FDO", 0xCAFE1A7E, text);
    return package_of(notes);
}

// As Fedora links it into its interpreter.
constexpr std::string_view fedora =
    R"({"type":"rpm","name":"python3.12","version":"3.12.1-2.fc39","architecture":"x86_64",)"
    R"("osCpe":"cpe:/o:fedoraproject:fedora:39"})";

TEST_CASE("a package note names package and version", "[elf]")
{
    CHECK(package_of(fedora) == "python3.12 3.12.1-2.fc39");
    CHECK(package_of(std::string(fedora) + std::string("\0\0", 2)) == "python3.12 3.12.1-2.fc39");
    CHECK(package_of(R"({"type":"deb","name":"numpy"})") == "numpy");
}

TEST_CASE("a package note that names no package is none", "[elf]")
{
    CHECK_FALSE(package_of(R"({"type":"deb","version":"1"})"));
    CHECK_FALSE(package_of(R"({"name":""})"));
    CHECK_FALSE(package_of("numpy"));
    CHECK_FALSE(package_of(std::string(1, '\0')));
    CHECK_FALSE(package_of(R"({"name":")" + std::string(4096, 'x') + R"("})"));
}

TEST_CASE("notes of others are no package notes", "[elf]")
{
    Bytes notes;
    append_note(notes, "GNU", 0xCAFE1A7E, fedora);
    append_note(notes, "FDO", 1, fedora);
    CHECK_FALSE(package_of(notes));
}

TEST_CASE("a package note that ends early is none", "[elf]")
{
    Bytes notes;
    append_note(notes, "FDO", 0xCAFE1A7E, fedora);
    for (std::size_t size = 0; size < notes.size() - 4; size += 3) {
        CHECK_FALSE(package_of(Bytes(notes.begin(), notes.begin() + static_cast<long>(size))));
    }
}

}  // namespace
}  // namespace pycore::test
