#include "crash/x86_operand_bytes.hpp"

#include "crash/x86_forms.hpp"

namespace pycore::x86 {
namespace {

/// Gives the base as SIB has it: the lower three bits of its number.
unsigned read_sib(Cursor& cursor, const Extension& extension, Instruction& instruction)
{
    constexpr std::uint8_t no_index = 4;
    const std::uint8_t sib = cursor.take();
    const auto index = static_cast<std::uint8_t>((sib >> 3 & 7) | extension.index);
    Addressing& addressing = instruction.addressing;
    addressing.scale = static_cast<std::uint8_t>(1 << (sib >> 6));
    addressing.vector_index = has_vector_index(instruction);
    if (addressing.vector_index) {
        addressing.index = static_cast<std::uint8_t>(index | extension.vector_index);
    } else if (index != no_index) {
        addressing.index = index;
    }
    return sib & 7;
}

void read_address(Cursor& cursor,
                  const Extension& extension,
                  std::uint8_t modrm,
                  Instruction& instruction)
{
    constexpr unsigned with_sib = 4;
    constexpr unsigned without_base = 5;
    const unsigned mode = modrm >> 6;
    const unsigned rm = modrm & 7;
    const unsigned base = rm == with_sib ? read_sib(cursor, extension, instruction) : rm;
    Addressing& addressing = instruction.addressing;
    const bool has_base = mode != 0 || base != without_base;
    if (has_base) {
        addressing.base = static_cast<std::uint8_t>(base | extension.base);
    } else if (rm == without_base) {
        addressing.base = reg::rip;
    }
    instruction.short_displacement = mode == 1;
    addressing.displacement = cursor.take_signed(mode == 2 || !has_base ? 4 : mode);
}

void read_modrm(Cursor& cursor, const Extension& extension, Instruction& instruction)
{
    const std::uint8_t modrm = cursor.take();
    instruction.reg = modrm >> 3 & 7;
    instruction.rm = static_cast<std::uint8_t>((modrm & 7) | extension.base);
    // Moves to and from control and debug registers ignore the mode.
    const bool control =
        instruction.map == Map::map_0f && instruction.opcode >= 0x20 && instruction.opcode <= 0x23;
    instruction.on_memory = modrm >> 6 != 3 && !control;
    if (instruction.on_memory) {
        read_address(cursor, extension, modrm, instruction);
    }
}

}  // namespace

void read_operand_bytes(Cursor& cursor, const Extension& extension, Instruction& instruction)
{
    if (has_modrm(instruction)) {
        read_modrm(cursor, extension, instruction);
    }
    const std::int64_t immediate = cursor.take_signed(immediate_size(instruction));
    if (has_absolute_address(instruction)) {
        instruction.addressing.displacement = immediate;
    }
}

}  // namespace pycore::x86
