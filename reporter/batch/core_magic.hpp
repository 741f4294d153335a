#pragma once

#include <cstdint>

namespace pycore {

/// What a file may be, by its first bytes.
enum class FileKind : std::uint8_t {
    core,    ///< an ELF core, of any machine
    packed,  ///< compressed: only unpacking tells whether it is a core
    other
};

/// Reads at most a block from the start; the descriptor's position stays.
[[nodiscard]] FileKind kind_of_file(int descriptor);

}  // namespace pycore
