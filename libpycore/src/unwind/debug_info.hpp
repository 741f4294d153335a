#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "elf/elf_file.hpp"

namespace pycore {

/// A function and the place in it. The name is as DWARF has it: mangled where there is one.
struct SourceFrame {
    std::string symbol;
    std::string file;        ///< empty: not known
    std::uint32_t line = 0;  ///< 0: not known
    bool inlined = false;    ///< into the next one
};

/// The DWARF of one ELF file. Addresses are those of the file, before relocation. What is asked for
/// is parsed, and nothing before; units in separate .dwo files are not looked at.
class DebugInfo {
public:
    /// `supplement` is the file that .gnu_debugaltlink names, or null. Null without DWARF, and
    /// where it needs a supplement and there is none.
    static std::unique_ptr<DebugInfo> open(std::shared_ptr<const ElfFile> file,
                                           std::shared_ptr<const ElfFile> supplement);

    DebugInfo(const DebugInfo&) = delete;
    DebugInfo& operator=(const DebugInfo&) = delete;
    ~DebugInfo();

    /// The functions whose code is at `address`, innermost first; the last one is not inlined.
    /// Empty when nothing is known.
    [[nodiscard]] std::vector<SourceFrame> find(std::uint64_t address);

private:
    struct Parts;
    explicit DebugInfo(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

/// Lower-case hex of the build id in .gnu_debugaltlink.
std::optional<std::string> read_supplement_id(const ElfFile& file);

}  // namespace pycore
