#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "elf/file_descriptor.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// A file without a name, written from start to end, with holes where there are pages of zeros.
/// It lives in memory while it is small, then in TMPDIR (or /tmp, or /var/tmp). Nothing of it stays
/// behind, however this process ends.
class SparseFile {
public:
    /// What the file may take of memory.
    static constexpr std::uint64_t most_in_memory = 64 << 20;

    SparseFile();

    /// In `descriptor`, an empty file that stays the caller's, from its first byte on; -1: as
    /// above.
    static Result<SparseFile> make(int descriptor);

    /// `io_error` with errno; what was written before stays.
    Result<void> append(std::span<const std::byte> bytes);

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// The finished file.
    Result<FileDescriptor> finish();

private:
    Result<void> move_to_disk();
    Result<void> write_out(std::uint64_t at, std::span<const std::byte> bytes) const;

    FileDescriptor file_;
    bool in_memory_ = false;
    std::uint64_t size_ = 0;
    std::uint64_t written_ = 0;  // without the holes
};

/// An unlinked file in TMPDIR (or /tmp, or /var/tmp). `io_error` with the first errno.
Result<FileDescriptor> open_temporary_file();

}  // namespace pycore
