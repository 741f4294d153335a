#pragma once

#include <cstdint>
#include <optional>

#include "frames/code_cache.hpp"

namespace pycore {

/// The code unit a frame is at, or -1 before the first; absent when its instruction pointer does
/// not point into its code.
[[nodiscard]] inline std::optional<std::int64_t> instruction_index(const CodeObject& code,
                                                                   Address instruction)
{
    constexpr std::int64_t unit_bytes = 2;
    const auto bytes = static_cast<std::int64_t>(instruction.value - code.bytecode.value);
    if (bytes < -unit_bytes || bytes >= code.units * unit_bytes || bytes % unit_bytes != 0) {
        return std::nullopt;
    }
    return bytes / unit_bytes;
}

}  // namespace pycore
