#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "elf/input_file.hpp"

namespace pycore {

/// One note of a PT_NOTE segment. `offset` and `size` place its descriptor, which is all there.
struct Note {
    std::string name;  ///< "CORE", "LINUX", "GNU"; empty when it is absurdly long
    std::uint32_t type = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

/// Calls `visit` for each note in the `size` bytes at `offset`, whose sum does not wrap. A note
/// that claims more than there is ends it with a fault: what follows cannot be found. `alignment`
/// is the segment's p_align. Keeps nothing, so many notes cost no memory.
Result<void> for_each_note(const ReadAt& read,
                           std::uint64_t offset,
                           std::uint64_t size,
                           std::uint64_t alignment,
                           const std::function<void(const Note&)>& visit);

}  // namespace pycore
