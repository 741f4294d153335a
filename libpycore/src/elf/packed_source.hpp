#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "elf/file_descriptor.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// The bytes of a file or a pipe in order, through one buffer.
class PackedSource {
public:
    /// A regular file is read from its start, wherever its offset is.
    PackedSource(FileDescriptor file, bool regular, std::uint64_t size);

    /// What has been read and not taken.
    [[nodiscard]] std::span<const std::byte> pending() const
    {
        return {buffer_.get() + begin_, end_ - begin_};
    }

    void take(std::size_t count) noexcept { begin_ += count; }

    /// Reads more behind what is pending; waits for a pipe. Without room or at the end: nothing.
    Result<void> fill();

    /// Nothing follows what is pending.
    [[nodiscard]] bool at_end() const noexcept { return at_end_; }
    [[nodiscard]] std::uint64_t taken() const noexcept { return read_ - (end_ - begin_); }
    /// 0 for a pipe.
    [[nodiscard]] std::uint64_t total() const noexcept { return regular_ ? size_ : 0; }
    [[nodiscard]] bool regular() const noexcept { return regular_; }

    /// Gives up the file, for reading it in another way.
    FileDescriptor release() noexcept { return std::move(file_); }

private:
    FileDescriptor file_;
    bool regular_;
    std::uint64_t size_;
    std::unique_ptr<std::byte[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t read_ = 0;
    bool at_end_ = false;
};

}  // namespace pycore
