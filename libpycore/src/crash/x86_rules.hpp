#pragma once

#include <span>

#include "crash/x86_instruction.hpp"

namespace pycore::x86 {

/// What an instruction does with its operand in memory.
enum class Use : std::uint8_t { nothing, read, write, both };

/// How many bytes that operand has.
enum class Size : std::uint8_t {
    unknown,
    by_opcode,  ///< one byte for an even opcode, else `operand`
    operand,    ///< two, four or eight: the operand size
    element,    ///< four or eight, by the bit W
    vector,     ///< the length of a vector; eight bytes for MMX
    half,       ///< of the vector
    quarter,
    eighth,
    widened,     ///< half of the vector; with the bit W all of it
    duplicated,  ///< eight for the shortest vector, else the vector
    bytes_1,
    bytes_2,
    bytes_4,
    bytes_8,
    bytes_10,
    bytes_16,
    bytes_28,
    bytes_32,
    bytes_64,
    bytes_108,
    bytes_512,
    bytes_576,
    element_small,  ///< one or two, by the bit W
    pair,           ///< eight or sixteen, by the bit W
    mask,           ///< of a mask register: one, two, four or eight
};

/// `by_encoding`: where an instruction of SSE has sixteen bytes or more.
enum class Aligned : std::uint8_t { by_encoding, yes, no };

/// Encodings and prefixes that a rule is for, a bit each.
namespace when {
inline constexpr std::uint8_t legacy = 1;
inline constexpr std::uint8_t vex = 2;
inline constexpr std::uint8_t evex = 4;
inline constexpr std::uint8_t avx = vex | evex;
inline constexpr std::uint8_t always = legacy | avx;
inline constexpr std::uint8_t np = 1;
inline constexpr std::uint8_t p66 = 2;
inline constexpr std::uint8_t f3 = 4;
inline constexpr std::uint8_t f2 = 8;
inline constexpr std::uint8_t any = np | p66 | f3 | f2;
}  // namespace when

/// The opcodes from `first` to `last` of one map. Of several rules the first that fits counts.
struct Rule {
    std::uint8_t first = 0;
    std::uint8_t last = 0;
    Use use = Use::nothing;
    Size size = Size::unknown;
    std::uint8_t encodings = when::always;
    std::uint8_t prefixes = when::any;
    std::uint8_t groups = 0xFF;  ///< values of ModRM.reg, a bit each
    /// Whether the address has to be a multiple of the size.
    Aligned aligned = Aligned::by_encoding;
};

std::span<const Rule> primary_rules() noexcept;
std::span<const Rule> rules_0f() noexcept;
std::span<const Rule> rules_0f38() noexcept;
std::span<const Rule> rules_0f3a() noexcept;

}  // namespace pycore::x86
