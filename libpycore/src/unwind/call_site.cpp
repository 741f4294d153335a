#include "unwind/call_site.hpp"

#include <array>
#include <cstring>

namespace pycore {
namespace {

constexpr Label what = "instructions before a return address";

/// Length of `call *operand` by its ModRM and SIB bytes; 0 when it is none.
std::size_t indirect_call_length(std::uint8_t modrm, std::uint8_t sib)
{
    const unsigned mode = modrm >> 6;
    const unsigned base = modrm & 7;
    if ((modrm >> 3 & 7) != 2) {
        return 0;
    }
    if (mode == 3) {
        return 2;
    }
    const bool has_sib = base == 4;
    const bool wide = mode == 2 || (mode == 0 && (base == 5 || (has_sib && (sib & 7) == 5)));
    return 2 + std::size_t{has_sib} + (wide ? 4 : mode);
}

bool ends_with_x86_64_call(std::span<const std::uint8_t> bytes)
{
    constexpr std::uint8_t call_relative = 0xE8;
    constexpr std::uint8_t group_5 = 0xFF;
    const std::size_t size = bytes.size();
    if (size >= 5 && bytes[size - 5] == call_relative) {
        return true;
    }
    for (std::size_t length = 2; length <= 7 && length <= size; ++length) {
        const auto call = bytes.subspan(size - length);
        const std::uint8_t sib = length > 2 ? call[2] : 0;
        if (call[0] == group_5 && indirect_call_length(call[1], sib) == length) {
            return true;
        }
    }
    return false;
}

bool is_aarch64_call(std::uint32_t word)
{
    constexpr std::uint32_t bl = 0x9400'0000;
    constexpr std::uint32_t blr = 0xD63F'0000;
    return (word & 0xFC00'0000) == bl || (word & 0xFEFF'F000) == blr;
}

}  // namespace

CallSite follows_call(const Memory& memory, Machine machine, Address at)
{
    std::array<std::uint8_t, 8> bytes{};
    if (at.value < bytes.size()) {
        return CallSite::unreadable;
    }
    if (!memory.read_bytes(Address{at.value - bytes.size()},
                           std::as_writable_bytes(std::span(bytes)), what)) {
        return CallSite::unreadable;
    }
    if (machine == Machine::x86_64) {
        return ends_with_x86_64_call(bytes) ? CallSite::yes : CallSite::no;
    }
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + 4, sizeof(word));
    return at.value % 4 == 0 && is_aarch64_call(word) ? CallSite::yes : CallSite::no;
}

}  // namespace pycore
