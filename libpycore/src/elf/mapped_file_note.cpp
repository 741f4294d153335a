// NT_FILE: a count, a page size, `count` times (start, end, offset in pages), then `count` paths,
// each with its NUL. Numbers and paths meet only by their order, so both are read as two streams.

#include <algorithm>
#include <array>

#include "base/try.hpp"
#include "elf/core_notes.hpp"

namespace pycore {
namespace {

struct FileNoteHeader {
    std::uint64_t count;
    std::uint64_t page_size;
};

struct FileNoteEntry {
    std::uint64_t start;
    std::uint64_t end;
    std::uint64_t page;
};

constexpr Label label = "NT_FILE";
constexpr std::size_t longest_path = 4096;

/// The paths at the end of the note, one after another.
class PathStream {
public:
    PathStream(const ReadAt& read, std::uint64_t at, std::uint64_t end)
        : read_(&read), at_(at), end_(end)
    {
    }

    Result<std::string> next()
    {
        std::string path;
        while (path.size() <= longest_path) {
            if (begin_ == filled_) {
                PYCORE_CHECK(refill());
            }
            const auto* const from = buffer_.data() + begin_;
            const auto* const to = buffer_.data() + filled_;
            const auto* const nul = std::find(from, to, '\0');
            path.append(from, nul);
            begin_ += static_cast<std::size_t>(nul - from);
            if (nul != to) {
                ++begin_;
                return path;
            }
        }
        return Fault{FaultCode::bad_format, at_, label};
    }

private:
    Result<void> refill()
    {
        if (at_ == end_) {
            return Fault{FaultCode::truncated, at_, label};
        }
        filled_ = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), end_ - at_));
        begin_ = 0;
        PYCORE_CHECK(
            (*read_)(at_, std::as_writable_bytes(std::span(buffer_).first(filled_)), label));
        at_ += filled_;
        return {};
    }

    const ReadAt* read_;
    std::uint64_t at_;
    std::uint64_t end_;
    std::array<char, 1024> buffer_{};
    std::size_t begin_ = 0;
    std::size_t filled_ = 0;
};

Result<MappedFile> read_entry(const ReadAt& read,
                              std::uint64_t at,
                              std::uint64_t page_size,
                              PathStream& paths)
{
    FileNoteEntry entry{};
    PYCORE_CHECK(read(at, std::as_writable_bytes(std::span(&entry, 1)), label));
    PYCORE_TRY(std::string path, paths.next());
    MappedFile file;
    file.path = std::move(path);
    const auto range = entry.end < entry.start
                           ? std::nullopt
                           : AddressRange::make(Address{entry.start}, entry.end - entry.start);
    if (!range || __builtin_mul_overflow(entry.page, page_size, &file.file_offset)) {
        return Fault{FaultCode::bad_format, at, label};
    }
    file.range = *range;
    return file;
}

Result<FileNoteHeader> read_header(const ReadAt& read, const Note& note)
{
    FileNoteHeader header{};
    if (note.size < sizeof(header)) {
        return Fault{FaultCode::truncated, note.offset, label};
    }
    PYCORE_CHECK(read(note.offset, std::as_writable_bytes(std::span(&header, 1)), label));
    // Each entry takes its numbers and at least the NUL of its path.
    if (header.count > (note.size - sizeof(header)) / (sizeof(FileNoteEntry) + 1)) {
        return Fault{FaultCode::bad_format, note.offset, label};
    }
    return header;
}

}  // namespace

Walk<MappedFile> read_mapped_files(const ReadAt& read, const Note& note, std::size_t max_files)
{
    Walk<MappedFile> files;
    const auto header = read_header(read, note);
    if (!header) {
        return {.items = {}, .stop = Stop::fault, .fault = header.fault()};
    }
    std::uint64_t at = note.offset + sizeof(FileNoteHeader);
    PathStream paths(read, at + header->count * sizeof(FileNoteEntry), note.offset + note.size);
    for (std::uint64_t index = 0; index < header->count; ++index, at += sizeof(FileNoteEntry)) {
        if (files.items.size() == max_files) {
            files.stop = Stop::limit;
            return files;
        }
        auto file = read_entry(read, at, header->page_size, paths);
        if (!file) {
            files.stop = Stop::fault;
            files.fault = file.fault();
            return files;
        }
        files.items.push_back(std::move(*file));
    }
    return files;
}

}  // namespace pycore
