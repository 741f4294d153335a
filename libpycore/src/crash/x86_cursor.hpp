#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace pycore::x86 {

constexpr std::size_t longest_instruction = 15;

/// Reads what is left of an instruction; past its end zeros, and `complete` tells.
class Cursor {
public:
    explicit Cursor(std::span<const std::uint8_t> bytes)
        : bytes_(bytes.first(std::min(bytes.size(), longest_instruction)))
    {
    }

    [[nodiscard]] std::uint8_t peek(std::size_t ahead = 0) const
    {
        return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : std::uint8_t{0};
    }
    std::uint8_t take()
    {
        const std::uint8_t byte = peek();
        ++at_;
        return byte;
    }
    std::int64_t take_signed(unsigned count)
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 8 * count; shift += 8) {
            value |= std::uint64_t{take()} << shift;
        }
        const unsigned unused = 64 - 8 * count;
        return count == 0 ? 0 : static_cast<std::int64_t>(value << unused) >> unused;
    }
    [[nodiscard]] bool complete() const { return at_ <= bytes_.size(); }
    [[nodiscard]] std::size_t position() const { return at_; }

private:
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
};

}  // namespace pycore::x86
