#include <array>

#include "crash/x86_rules.hpp"

namespace pycore::x86 {
namespace {

using enum Use;
using enum Size;
using when::always;
using when::any;

/// The bits of these values of ModRM.reg.
constexpr std::uint8_t group(std::initializer_list<unsigned> values)
{
    unsigned bits = 0;
    for (const unsigned value : values) {
        bits |= 1U << value;
    }
    return static_cast<std::uint8_t>(bits);
}

constexpr Rule in_group(std::uint8_t opcode,
                        std::initializer_list<unsigned> values,
                        Use use,
                        Size size)
{
    return {opcode, opcode, use, size, always, any, group(values)};
}

constexpr std::array primary{
    Rule{0x38, 0x3B, read, by_opcode},  // cmp
    Rule{0x00, 0x01, both, by_opcode},  // add, or, adc, sbb, and, sub, xor
    Rule{0x08, 0x09, both, by_opcode},
    Rule{0x10, 0x11, both, by_opcode},
    Rule{0x18, 0x19, both, by_opcode},
    Rule{0x20, 0x21, both, by_opcode},
    Rule{0x28, 0x29, both, by_opcode},
    Rule{0x30, 0x31, both, by_opcode},
    Rule{0x00, 0x33, read, by_opcode},
    Rule{0x63, 0x63, read, bytes_4},       // movsxd
    Rule{0x69, 0x6B, read, operand},       // imul
    in_group(0x80, {7}, read, by_opcode),  // cmp
    in_group(0x81, {7}, read, by_opcode),
    in_group(0x83, {7}, read, by_opcode),
    Rule{0x80, 0x83, both, by_opcode},
    Rule{0x84, 0x85, read, by_opcode},   // test
    Rule{0x86, 0x87, both, by_opcode},   // xchg
    Rule{0x88, 0x89, write, by_opcode},  // mov
    Rule{0x8A, 0x8B, read, by_opcode},
    Rule{0x8C, 0x8C, write, bytes_2},  // of a segment register
    Rule{0x8D, 0x8D, nothing},         // lea
    Rule{0x8E, 0x8E, read, bytes_2},
    Rule{0xC0, 0xC1, both, by_opcode},      // shifts
    in_group(0xC6, {0}, write, by_opcode),  // mov
    in_group(0xC7, {0}, write, by_opcode),
    Rule{0xD0, 0xD1, both, by_opcode},
    Rule{0xD2, 0xD3, both, by_opcode},
    Rule{0xD8, 0xD8, read, bytes_4},  // x87
    in_group(0xD9, {0}, read, bytes_4),
    in_group(0xD9, {2, 3}, write, bytes_4),
    in_group(0xD9, {4}, read, bytes_28),
    in_group(0xD9, {5}, read, bytes_2),
    in_group(0xD9, {6}, write, bytes_28),
    in_group(0xD9, {7}, write, bytes_2),
    Rule{0xDA, 0xDA, read, bytes_4},
    in_group(0xDB, {0}, read, bytes_4),
    in_group(0xDB, {1, 2, 3}, write, bytes_4),
    in_group(0xDB, {5}, read, bytes_10),
    in_group(0xDB, {7}, write, bytes_10),
    Rule{0xDC, 0xDC, read, bytes_8},
    in_group(0xDD, {0}, read, bytes_8),
    in_group(0xDD, {1, 2, 3}, write, bytes_8),
    in_group(0xDD, {4}, read, bytes_108),
    in_group(0xDD, {6}, write, bytes_108),
    in_group(0xDD, {7}, write, bytes_2),
    Rule{0xDE, 0xDE, read, bytes_2},
    in_group(0xDF, {0}, read, bytes_2),
    in_group(0xDF, {1, 2, 3}, write, bytes_2),
    in_group(0xDF, {4}, read, bytes_10),
    in_group(0xDF, {5}, read, bytes_8),
    in_group(0xDF, {6}, write, bytes_10),
    in_group(0xDF, {7}, write, bytes_8),
    in_group(0xF6, {2, 3}, both, by_opcode),  // not, neg
    in_group(0xF7, {2, 3}, both, by_opcode),
    Rule{0xF6, 0xF7, read, by_opcode},        // test, mul, div
    in_group(0xFE, {0, 1}, both, by_opcode),  // inc, dec
    in_group(0xFF, {0, 1}, both, by_opcode),
    in_group(0xFF, {2, 4}, read, bytes_8),  // call, jmp
};

}  // namespace

std::span<const Rule> primary_rules() noexcept
{
    return primary;
}

}  // namespace pycore::x86
