#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace pycore {

/// Code points that `str.isprintable()` accepts from this minor version on (its oldest that we
/// know stands for all before).
struct PrintableRange {
    std::uint32_t first;
    std::uint32_t last;
    std::uint8_t since_minor;
};

/// Sorted, disjoint.
std::span<const PrintableRange> printable_ranges() noexcept;

}  // namespace pycore
