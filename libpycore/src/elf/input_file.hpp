#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "elf/file_descriptor.hpp"
#include "pycore/memory.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// Fills all of `out` with the bytes from `at` on, or says why not. `at` counts in whatever is
/// read: a file, or the process's memory.
using ReadAt = std::function<Result<void>(std::uint64_t at, std::span<std::byte> out, Label what)>;

/// How much of a file is kept in memory: `sets` x 4 blocks, taken only as they are needed.
struct CacheSize {
    std::size_t block_bytes;
    std::size_t sets;
};

/// The bytes of a regular file, by `pread` through a bounded cache of blocks: never mapped, so a
/// file that shrinks is a fault and not a signal. Reading changes the cache: one thread at a time.
class InputFile {
public:
    // Measured on cores of CPython: 2 MiB hold the frames of deep stacks, and of a small core no
    // more than what is used is read. Blocks of 16 or 64 KiB cost 1.4 and 2.5 times as much there.
    static constexpr CacheSize core_cache{.block_bytes = 4 << 10, .sets = 128};
    static constexpr CacheSize module_cache{.block_bytes = 4 << 10, .sets = 4};

    /// Opens a regular file; anything else is `unsupported` ("file type", its mode in `where`) and
    /// is neither waited for nor read. `io_error` has errno in `where`.
    static Result<std::shared_ptr<const InputFile>> open(const std::filesystem::path& path,
                                                         CacheSize cache);

    /// Takes over a descriptor of a regular file.
    static Result<std::shared_ptr<const InputFile>> adopt(FileDescriptor file, CacheSize cache);

    InputFile(FileDescriptor file, std::uint64_t size, CacheSize cache);

    /// As it was when the file was opened.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// Reads between 1 and `out.size()` bytes, which is not 0. Past the end: `truncated`.
    Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> out, Label what) const;

    /// Fills all of `out`.
    Result<void> read_bytes(std::uint64_t offset, std::span<std::byte> out, Label what) const;

    template <Readable T>
    Result<T> read(std::uint64_t offset, Label what) const
    {
        T value{};
        if (const auto done =
                read_bytes(offset, std::as_writable_bytes(std::span(&value, 1)), what);
            !done) {
            return done.fault();
        }
        return value;
    }

    /// This file's bytes for a parser. Holds a reference to the file, not a share of it.
    [[nodiscard]] ReadAt reader() const;

    /// Stays this object's.
    [[nodiscard]] int descriptor() const noexcept { return file_.number(); }

private:
    static constexpr std::size_t ways = 4;

    struct Block {
        std::uint64_t number = UINT64_MAX;
        std::uint64_t last_use = 0;
        std::size_t filled = 0;
        std::unique_ptr<std::byte[]> bytes;
    };

    Result<const Block*> load(std::uint64_t number, Label what) const;
    Result<std::size_t> read_file(std::uint64_t offset, std::span<std::byte> out, Label what) const;

    FileDescriptor file_;
    std::uint64_t size_;
    CacheSize cache_;
    mutable std::vector<Block> blocks_;
    mutable std::uint64_t uses_ = 0;
};

}  // namespace pycore
