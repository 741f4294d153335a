#pragma once

#include <cstdint>
#include <limits>

#include "pycore/memory.hpp"

namespace pycore {

/// Typed offset of a member in a struct of the process, or absent. A member that a version does
/// not have is absent, which is not the same as offset 0.
template <Readable T>
struct Field {
    static constexpr std::uint32_t absent = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t offset = absent;

    [[nodiscard]] constexpr bool exists() const noexcept { return offset != absent; }
    friend constexpr bool operator==(Field, Field) noexcept = default;
};

}  // namespace pycore
