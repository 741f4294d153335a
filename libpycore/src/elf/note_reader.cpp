#include "elf/note_reader.hpp"

#include <elf.h>

#include <algorithm>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;

constexpr std::uint64_t padded(std::uint64_t size, std::uint64_t alignment)
{
    return (size + alignment - 1) & ~(alignment - 1);
}

Result<std::string> read_name(const ReadAt& read, std::uint64_t at, std::uint32_t size)
{
    std::string name(size > longest_name ? 0 : size, '\0');
    PYCORE_CHECK(read(at, std::as_writable_bytes(std::span(name)), "note name"));
    // The size counts a NUL by rule, and some writers leave it out.
    name.resize(std::min(name.find('\0'), name.size()));
    return name;
}

/// The note at `at`, `left` bytes before the end; `at` and `left` move on to the next.
Result<Note> read_note(const ReadAt& read,
                       std::uint64_t& at,
                       std::uint64_t& left,
                       std::uint64_t alignment)
{
    Elf64_Nhdr header{};
    if (left < sizeof(header)) {
        return Fault{FaultCode::truncated, at, "note header"};
    }
    PYCORE_CHECK(read(at, std::as_writable_bytes(std::span(&header, 1)), "note header"));
    // Sizes of notes are 32-bit, so none of these sums wraps.
    const std::uint64_t start = padded(sizeof(header) + header.n_namesz, alignment);
    if (start > left || header.n_descsz > left - start) {
        return Fault{FaultCode::truncated, at, "note"};
    }
    PYCORE_TRY(std::string name, read_name(read, at + sizeof(header), header.n_namesz));
    Note note{.name = std::move(name),
              .type = header.n_type,
              .offset = at + start,
              .size = header.n_descsz};
    const std::uint64_t whole = std::min(left, padded(start + header.n_descsz, alignment));
    at += whole;
    left -= whole;
    return note;
}

}  // namespace

Result<void> for_each_note(const ReadAt& read,
                           std::uint64_t offset,
                           std::uint64_t size,
                           std::uint64_t alignment,
                           const std::function<void(const Note&)>& visit)
{
    // Kernels write 0 or 4, gdb 1, and all of them pad to 4. Only 8 means what it says
    // (NT_GNU_PROPERTY_TYPE_0 of 64-bit files).
    const std::uint64_t padding = alignment == 8 ? 8 : 4;
    while (size > 0) {
        PYCORE_TRY(const Note note, read_note(read, offset, size, padding));
        visit(note);
    }
    return {};
}

}  // namespace pycore
