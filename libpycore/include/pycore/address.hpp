#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace pycore {

/// An address in the crashed process. It is a number, not a pointer: nothing dereferences it.
struct Address {
    std::uint64_t value = 0;

    constexpr explicit operator bool() const noexcept { return value != 0; }
    friend constexpr auto operator<=>(Address, Address) noexcept = default;
};

/// `at` plus `bytes`, or nothing when the sum would wrap around the address space.
[[nodiscard]] constexpr std::optional<Address> offset_by(Address at, std::uint64_t bytes) noexcept
{
    if (bytes > UINT64_MAX - at.value) {
        return std::nullopt;
    }
    return Address{at.value + bytes};
}

/// A half-open run of addresses, [low, high), whose end is known not to wrap.
class AddressRange {
public:
    constexpr AddressRange() noexcept = default;

    /// Nothing when `low` plus `size` would wrap.
    [[nodiscard]] static constexpr std::optional<AddressRange> make(Address low,
                                                                    std::uint64_t size) noexcept
    {
        const auto high = offset_by(low, size);
        if (!high) {
            return std::nullopt;
        }
        return AddressRange(low, *high);
    }

    [[nodiscard]] constexpr Address low() const noexcept { return low_; }
    [[nodiscard]] constexpr Address high() const noexcept { return high_; }
    [[nodiscard]] constexpr std::uint64_t size() const noexcept { return high_.value - low_.value; }
    [[nodiscard]] constexpr bool empty() const noexcept { return low_ == high_; }
    [[nodiscard]] constexpr bool contains(Address at) const noexcept
    {
        return low_ <= at && at < high_;
    }
    friend constexpr bool operator==(const AddressRange&, const AddressRange&) noexcept = default;

private:
    constexpr AddressRange(Address low, Address high) noexcept : low_(low), high_(high) {}

    Address low_;
    Address high_;
};

}  // namespace pycore
