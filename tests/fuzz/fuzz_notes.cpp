// The bytes after the first are a PT_NOTE segment; the first chooses its alignment.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

#include "elf/note_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const auto segment = std::as_bytes(std::span(data, size)).subspan(1);
    const pycore::ReadAt read = [segment](std::uint64_t at, std::span<std::byte> out,
                                          pycore::Label what) {
        if (at > segment.size() || out.size() > segment.size() - at) {
            return pycore::Result<void>(pycore::Fault{pycore::FaultCode::truncated, at, what});
        }
        std::memcpy(out.data(), segment.data() + at, out.size());
        return pycore::Result<void>();
    };
    const std::uint64_t alignment = data[0] % 16;
    const auto check = [segment](const pycore::Note& note) {
        // The promise that every user of a note relies on.
        if (note.offset > segment.size() || note.size > segment.size() - note.offset) {
            std::abort();
        }
    };
    static_cast<void>(pycore::for_each_note(read, 0, segment.size(), alignment, check));
    return 0;
}
