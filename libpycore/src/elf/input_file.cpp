#include "elf/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/try.hpp"

namespace pycore {

Result<std::shared_ptr<const InputFile>> InputFile::open(const std::filesystem::path& path,
                                                         CacheSize cache)
{
    // O_NONBLOCK: a FIFO without a writer would hold us here for ever.
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), "file"};
    }
    return adopt(std::move(file), cache);
}

Result<std::shared_ptr<const InputFile>> InputFile::adopt(FileDescriptor file, CacheSize cache)
{
    struct stat status = {};
    if (::fstat(file.number(), &status) != 0) {
        return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), "file"};
    }
    if (!S_ISREG(status.st_mode)) {
        return Fault{FaultCode::unsupported, status.st_mode, "file type"};
    }
    return std::make_shared<const InputFile>(std::move(file),
                                             static_cast<std::uint64_t>(status.st_size), cache);
}

InputFile::InputFile(FileDescriptor file, std::uint64_t size, CacheSize cache)
    : file_(std::move(file)), size_(size), cache_(cache), blocks_(cache.sets * ways)
{
}

Result<std::size_t> InputFile::read_file(std::uint64_t offset,
                                         std::span<std::byte> out,
                                         Label what) const
{
    std::size_t done = 0;
    while (done < out.size()) {
        const auto got = ::pread(file_.number(), out.data() + done, out.size() - done,
                                 static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 && done == 0) {
            return Fault{FaultCode::io_error, static_cast<std::uint64_t>(errno), what};
        }
        if (got <= 0) {
            break;  // the file has shrunk, or a later part of it cannot be read
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<const InputFile::Block*> InputFile::load(std::uint64_t number, Label what) const
{
    const std::span set(blocks_.data() + (number % cache_.sets) * ways, ways);
    ++uses_;
    Block* oldest = &set.front();
    for (Block& block : set) {
        if (block.number == number) {
            block.last_use = uses_;
            return &block;
        }
        if (block.last_use < oldest->last_use) {
            oldest = &block;
        }
    }
    if (!oldest->bytes) {
        oldest->bytes = std::make_unique_for_overwrite<std::byte[]>(cache_.block_bytes);
    }
    const std::uint64_t offset = number * cache_.block_bytes;
    const auto wanted = std::min<std::uint64_t>(cache_.block_bytes, size_ - offset);
    oldest->number = UINT64_MAX;
    PYCORE_TRY(
        oldest->filled,
        read_file(offset, std::span(oldest->bytes.get(), static_cast<std::size_t>(wanted)), what));
    oldest->number = number;
    oldest->last_use = uses_;
    return oldest;
}

Result<std::size_t> InputFile::read_some(std::uint64_t offset,
                                         std::span<std::byte> out,
                                         Label what) const
{
    if (offset >= size_) {
        return Fault{FaultCode::truncated, offset, what};
    }
    out = out.first(static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), size_ - offset)));
    // A long read would only push out blocks that are wanted again.
    if (out.size() >= cache_.block_bytes) {
        PYCORE_TRY(const std::size_t got, read_file(offset, out, what));
        return got > 0 ? Result(got) : Fault{FaultCode::truncated, offset, what};
    }
    PYCORE_TRY(const Block* const block, load(offset / cache_.block_bytes, what));
    const auto skipped = static_cast<std::size_t>(offset % cache_.block_bytes);
    if (skipped >= block->filled) {
        return Fault{FaultCode::truncated, offset, what};
    }
    const std::size_t count = std::min(out.size(), block->filled - skipped);
    std::memcpy(out.data(), block->bytes.get() + skipped, count);
    return count;
}

Result<void> InputFile::read_bytes(std::uint64_t offset, std::span<std::byte> out, Label what) const
{
    while (!out.empty()) {
        PYCORE_TRY(const std::size_t count, read_some(offset, out, what));
        out = out.subspan(count);
        offset += count;
    }
    return {};
}

ReadAt InputFile::reader() const
{
    return [this](std::uint64_t at, std::span<std::byte> out, Label what) {
        return read_bytes(at, out, what);
    };
}

}  // namespace pycore
