#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "elf/input_file.hpp"
#include "unwind/byte_reader.hpp"

namespace pycore {

/// Call frame information of one module: .eh_frame as it lies in the process, or .debug_frame as it
/// lies in a file. `start` and all positions count in what `read` takes.
struct CfiSection {
    ReadAt read;
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    bool debug_frame = false;
    std::uint64_t bias = 0;  ///< of the code addresses in it
};

/// What the entries of one compilation unit share (CIE).
struct CfiCommon {
    std::vector<std::byte> instructions;
    std::uint64_t code_alignment = 0;
    std::int64_t data_alignment = 0;
    std::uint64_t return_column = 0;
    std::uint8_t pointer_encoding = 0;
    bool augmented = false;  ///< entries have an augmentation of their own
    bool signal_frame = false;
};

/// The call frame information of one run of code (FDE).
struct CfiEntry {
    std::shared_ptr<const CfiCommon> common;
    std::vector<std::byte> instructions;
    std::uint64_t start = 0;  ///< of its code, in the process
    std::uint64_t size = 0;
};

/// The header of a CIE or FDE.
struct CfiHeader {
    std::uint64_t body = 0;               ///< after the header
    std::uint64_t body_size = 0;          ///< what `body` finds there
    std::optional<std::uint64_t> common;  ///< of an FDE: where its CIE is
    std::uint64_t next = 0;               ///< where the next entry starts
};

/// Reads the header at `at`; nothing when the section ends there.
Result<std::optional<CfiHeader>> read_cfi_header(const CfiSection& section, std::uint64_t at);

/// Reads the FDE at `at` and its CIE.
Result<CfiEntry> read_cfi_entry(const CfiSection& section, std::uint64_t at);

/// A DW_EH_PE-encoded pointer. `position` is where it lies, `data` what data-relative ones count
/// from. What it may point at indirectly is not followed.
std::uint64_t read_encoded(ByteReader& reader,
                           std::uint8_t encoding,
                           std::uint64_t position,
                           std::uint64_t data) noexcept;

}  // namespace pycore
