#pragma once

#include <elf.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "elf/elf_notes.hpp"
#include "elf/input_file.hpp"

namespace pycore {

struct ElfSection {
    std::uint64_t address = 0;  ///< before relocation: add the module's bias
    std::uint64_t size = 0;
    std::uint64_t file_offset = 0;
    std::uint64_t flags = 0;  ///< SHF_...
};

struct ElfSymbol {
    std::uint64_t value = 0;  ///< before relocation: add the module's bias
    std::uint64_t size = 0;
};

/// Lower-case hex of the NT_GNU_BUILD_ID among `headers`' PT_NOTEs.
std::optional<std::string> read_build_id(const ReadAt& read,
                                         std::span<const Elf64_Phdr> headers,
                                         const PlaceOf& place);

/// An executable or shared library, as hostile as the core: whatever it says is checked, and what
/// cannot be read is as good as absent.
class ElfFile {
public:
    /// Only 64-bit little-endian. Reads the headers and the build id, nothing else.
    static Result<std::shared_ptr<const ElfFile>> open(std::shared_ptr<const InputFile> input);

    [[nodiscard]] const Elf64_Ehdr& header() const noexcept { return header_; }
    [[nodiscard]] std::span<const Elf64_Phdr> program_headers() const noexcept { return headers_; }
    /// Lower-case hex.
    [[nodiscard]] const std::optional<std::string>& build_id() const noexcept { return build_id_; }
    /// A file of debug information only: its code and data are not in it.
    [[nodiscard]] bool is_debug_file() const;

    /// By name, from the section headers, which stripping may remove. Reads at each call.
    [[nodiscard]] std::optional<ElfSection> find_section(std::string_view name) const;

    /// A defined symbol, from .dynsym (by its hash table) or else .symtab. Reads at each call.
    [[nodiscard]] std::optional<ElfSymbol> find_symbol(std::string_view name) const;

    [[nodiscard]] const std::shared_ptr<const InputFile>& input() const noexcept { return input_; }

private:
    ElfFile() = default;

    std::shared_ptr<const InputFile> input_;
    Elf64_Ehdr header_{};
    std::vector<Elf64_Phdr> headers_;
    std::optional<std::string> build_id_;
};

}  // namespace pycore
