#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pycore/crash.hpp"

namespace pycore::x86 {

enum class Encoding : std::uint8_t { legacy, vex, evex };

/// Opcodes without an escape, and after 0F, 0F 38 and 0F 3A.
enum class Map : std::uint8_t { primary, map_0f, map_0f38, map_0f3a };

/// The prefix that is part of the opcode, by its number in VEX.
enum class Mandatory : std::uint8_t { none, p66, pf3, pf2 };

enum class Segment : std::uint8_t { none, fs, gs };

/// The number of a general register in instructions; `rip` is ours.
namespace reg {
inline constexpr std::uint8_t rax = 0;
inline constexpr std::uint8_t rcx = 1;
inline constexpr std::uint8_t rdx = 2;
inline constexpr std::uint8_t rbx = 3;
inline constexpr std::uint8_t rsp = 4;
inline constexpr std::uint8_t rbp = 5;
inline constexpr std::uint8_t rsi = 6;
inline constexpr std::uint8_t rdi = 7;
inline constexpr std::uint8_t rip = 16;
}  // namespace reg

/// How an instruction computes an address.
struct Addressing {
    std::optional<std::uint8_t> base = std::nullopt;
    std::optional<std::uint8_t> index = std::nullopt;
    std::uint8_t scale = 1;
    std::int64_t displacement = 0;
    Segment segment = Segment::none;
    bool byte_index = false;    ///< only the low byte of the index counts
    bool vector_index = false;  ///< `index` is a vector register: an address for each element
};

/// One instruction, taken apart.
struct Instruction {
    std::uint8_t length = 0;
    Encoding encoding = Encoding::legacy;
    Map map = Map::primary;
    Mandatory mandatory = Mandatory::none;
    std::uint8_t opcode = 0;
    bool operand_16 = false;  ///< prefix 66
    bool address_32 = false;  ///< prefix 67
    bool repeated = false;    ///< prefix F2 or F3
    bool wide = false;        ///< REX.W, VEX.W, EVEX.W
    bool broadcast = false;   ///< EVEX: one element is read for all
    std::uint8_t vector_bytes = 16;
    bool on_memory = false;  ///< ModRM names memory, which `addressing` tells
    std::uint8_t reg = 0;    ///< ModRM.reg without its extension: the number within a group
    std::uint8_t rm = 0;     ///< the register that ModRM.rm names when not `on_memory`
    bool short_displacement = false;  ///< of one byte, which EVEX counts in operands
    Addressing addressing = {};

    /// What the stack's own instructions move.
    [[nodiscard]] std::uint32_t stack_size() const noexcept { return operand_16 && !wide ? 2 : 8; }
};

/// One operand in memory.
struct Operand {
    MemoryAccess::Kind kind = MemoryAccess::Kind::read;
    Addressing addressing = {};
    std::uint32_t size = 0;       ///< 0: not known; of a string instruction one element
    std::uint32_t alignment = 1;  ///< faults where the address is no multiple of it
    bool repeated = false;        ///< goes on to the next element as often as rcx says
};

/// The instruction at the start of `bytes`. Nothing when they end too early, or when it is none
/// that a compiler for 64-bit mode makes: 3DNow!, XOP, APX and the half floats of AVX-512.
std::optional<Instruction> decode(std::span<const std::uint8_t> bytes);

/// What `instruction` reads and writes in memory, its explicit operand first.
std::vector<Operand> operands_of(const Instruction& instruction);

}  // namespace pycore::x86
