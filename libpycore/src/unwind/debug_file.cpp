#include "unwind/debug_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/try.hpp"
#include "elf/open_file.hpp"

namespace pycore {
namespace {

constexpr std::string_view system_folder = "/usr/lib/debug";
constexpr std::uint64_t largest_checked_file = std::uint64_t{4} << 30;

struct DebugLink {
    std::string name;
    std::uint32_t checksum = 0;
};

std::optional<DebugLink> read_debug_link(const ElfFile& file)
{
    const auto section = file.find_section(".gnu_debuglink");
    std::array<char, 512> bytes{};
    if (!section || section->size < 8 || section->size > bytes.size()) {
        return std::nullopt;
    }
    const auto size = static_cast<std::size_t>(section->size);
    const auto content = std::span(bytes).first(size);
    if (!file.input()->read_bytes(section->file_offset, std::as_writable_bytes(content),
                                  ".gnu_debuglink")) {
        return std::nullopt;
    }
    DebugLink link;
    link.name = std::string(bytes.data(), strnlen(bytes.data(), size - 4));
    std::memcpy(&link.checksum, bytes.data() + size - 4, sizeof(link.checksum));
    const bool plain = !link.name.empty() && link.name.find('/') == std::string::npos;
    return plain ? std::optional(link) : std::nullopt;
}

/// CRC-32 as .gnu_debuglink has it: of all bytes of the file.
std::uint32_t checksum_of(const InputFile& file)
{
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t value = 0; value < table.size(); ++value) {
        std::uint32_t remainder = value;
        for (int bit = 0; bit < 8; ++bit) {
            remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? 0xEDB8'8320U : 0U);
        }
        table[value] = remainder;
    }
    std::uint32_t checksum = UINT32_MAX;
    std::vector<std::byte> buffer(64 << 10);
    for (std::uint64_t done = 0; done < file.size();) {
        const auto count = file.read_some(done, buffer, "debug file");
        if (!count) {
            return 0;
        }
        for (const std::byte byte : std::span(buffer).first(*count)) {
            checksum =
                table[(checksum ^ std::to_integer<std::uint32_t>(byte)) & 0xFF] ^ (checksum >> 8);
        }
        done += *count;
    }
    return ~checksum;
}

class DebugFileSearch {
public:
    DebugFileSearch(const Module& module, const FileSearch& search)
        : module_(module), search_(search)
    {
    }

    std::shared_ptr<const ElfFile> run()
    {
        if (module_.build_id && module_.build_id->size() > 2) {
            const std::string& id = *module_.build_id;
            const auto name = "/.build-id/" + id.substr(0, 2) + '/' + id.substr(2) + ".debug";
            if (auto file = try_folders(name)) {
                return file;
            }
        }
        link_ = module_.elf ? read_debug_link(*module_.elf) : std::nullopt;
        if (!link_ || !module_.path.starts_with('/')) {
            return nullptr;
        }
        const std::string folder = module_.path.substr(0, module_.path.rfind('/') + 1);
        if (search_.recorded_paths) {
            for (const char* const below : {"", ".debug/"}) {
                if (auto file = try_recorded(folder + below + link_->name)) {
                    return file;
                }
            }
        }
        if (auto file = try_folders(folder + link_->name)) {
            return file;
        }
        return try_folders('/' + link_->name);
    }

private:
    /// `name` starts with a slash, and lies below each of the folders for debug files.
    std::shared_ptr<const ElfFile> try_folders(const std::string& name)
    {
        for (const auto* const folders : {&search_.debug_paths, &search_.module_paths}) {
            for (const std::filesystem::path& folder : *folders) {
                if (auto file = accept(adopt(open_named_file(search_, folder.string() + name)))) {
                    return file;
                }
            }
        }
        return search_.recorded_paths ? try_recorded(std::string(system_folder) + name) : nullptr;
    }

    std::shared_ptr<const ElfFile> try_recorded(const std::string& path)
    {
        return accept(adopt(open_recorded_file(search_, search_.sysroot, path)));
    }

    static Result<std::shared_ptr<const InputFile>> adopt(Result<FileDescriptor> file)
    {
        return file ? InputFile::adopt(*std::move(file), InputFile::module_cache) : file.fault();
    }

    [[nodiscard]] std::shared_ptr<const ElfFile> accept(
        const Result<std::shared_ptr<const InputFile>>& input) const
    {
        const auto file = input ? ElfFile::open(*input) : input.fault();
        if (!file) {
            return nullptr;
        }
        if ((*file)->build_id() || module_.build_id) {
            return (*file)->build_id() == module_.build_id ? *file : nullptr;
        }
        const bool checked = link_ && (*input)->size() <= largest_checked_file &&
                             checksum_of(**input) == link_->checksum;
        return checked ? *file : nullptr;
    }

    const Module& module_;
    const FileSearch& search_;
    std::optional<DebugLink> link_;
};

}  // namespace

std::shared_ptr<const ElfFile> find_debug_file(const Module& module, const FileSearch& search)
{
    return DebugFileSearch(module, search).run();
}

std::shared_ptr<const ElfFile> find_debug_file(const std::string& build_id,
                                               const FileSearch& search)
{
    Module module;
    module.build_id = build_id;
    return DebugFileSearch(module, search).run();
}

}  // namespace pycore
