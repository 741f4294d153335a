#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/core_file.hpp"
#include "pycore/memory.hpp"

namespace pycore {

/// Where the bytes of a segment come from.
enum class Origin : std::uint8_t {
    core,       ///< the core file
    file,       ///< read-only pages of an ELF file, accepted by its build id
    not_saved,  ///< mapped in the process, held by nothing
    cut_off     ///< the core says it holds them, and ends before them
};

/// One run of the process's memory. `file_offset` counts in the file that `origin` names. What
/// only NT_FILE knows, as in gdb's cores, has no permissions.
struct Segment {
    AddressRange range;
    std::uint64_t file_offset = 0;
    Origin origin = Origin::not_saved;
    bool readable = false;
    bool writable = false;
    bool executable = false;
    std::shared_ptr<const InputFile> file = nullptr;  ///< null when no file holds it
};

/// The memory of the process: the core's bytes first, then pages of ELF files. Look-up is
/// O(log n). Reading keeps a small cache, so one object serves one thread at a time.
class AddressSpace final : public Memory {
public:
    /// The core's segments, saved and not saved parts apart.
    explicit AddressSpace(const CoreFile& core);

    /// Gives bytes of a file to the part of `range` that is mapped, not writable and not saved.
    /// What the core saved is never replaced, and what the process had not mapped stays unmapped.
    void fill(AddressRange range,
              std::uint64_t file_offset,
              const std::shared_ptr<const InputFile>& file);

    /// The run that holds `at`, or null when the process had nothing there.
    [[nodiscard]] const Segment* find(Address at) const noexcept;

    /// Sorted, disjoint.
    [[nodiscard]] std::span<const Segment> segments() const noexcept { return segments_; }

private:
    Result<std::size_t> read_some(Address at, std::span<std::byte> out, Label what) const override;

    void replace(std::ptrdiff_t first, std::ptrdiff_t last, std::vector<Segment> pieces);

    std::vector<Segment> segments_;
    mutable std::size_t last_found_ = 0;
};

}  // namespace pycore
