#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "pycore/memory.hpp"

namespace pycore {

/// Reads numbers one after another from bytes that may be anything. Once it has run past the end
/// it stays `failed` and gives zeros, so that a caller may look once, at the end.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] bool at_end() const noexcept { return failed_ || position_ == bytes_.size(); }
    [[nodiscard]] std::size_t position() const noexcept { return position_; }
    [[nodiscard]] std::span<const std::byte> rest() const noexcept
    {
        return bytes_.subspan(position_);
    }

    template <Readable T>
    T read() noexcept
    {
        T value{};
        const auto bytes = take(sizeof(T));
        if (!bytes.empty()) {
            std::memcpy(&value, bytes.data(), sizeof(T));
        }
        return value;
    }

    /// The next `count` bytes, or none.
    std::span<const std::byte> take(std::uint64_t count) noexcept
    {
        if (failed_ || count > bytes_.size() - position_) {
            failed_ = true;
            return {};
        }
        const auto taken = bytes_.subspan(position_, static_cast<std::size_t>(count));
        position_ += taken.size();
        return taken;
    }

    /// May go back; never leaves the bytes.
    void jump_to(std::int64_t position) noexcept
    {
        if (position < 0 || static_cast<std::uint64_t>(position) > bytes_.size()) {
            failed_ = true;
            return;
        }
        position_ = static_cast<std::size_t>(position);
    }

    std::uint64_t uleb128() noexcept { return leb128().value; }

    std::int64_t sleb128() noexcept
    {
        const Leb number = leb128();
        const bool negative = number.bits < 64 && (number.last & 0x40) != 0;
        const std::uint64_t sign = negative ? ~std::uint64_t{0} << number.bits : 0;
        return static_cast<std::int64_t>(number.value | sign);
    }

private:
    struct Leb {
        std::uint64_t value = 0;
        unsigned bits = 0;
        std::uint8_t last = 0;
    };

    Leb leb128() noexcept
    {
        Leb number;
        do {
            number.last = read<std::uint8_t>();
            if (number.bits < 64) {
                number.value |= std::uint64_t{number.last & 0x7Fu} << number.bits;
                number.bits += 7;
            }
        } while ((number.last & 0x80) != 0 && !failed_);
        return number;
    }

    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
    bool failed_ = false;
};

}  // namespace pycore
