#include "crash/x86_forms.hpp"

#include <string_view>

namespace pycore::x86 {
namespace {

// One row for sixteen opcodes. `.` no operand bytes, `M` ModRM, `-` a prefix, an escape or nothing
// in 64-bit mode.
constexpr std::string_view primary_forms =
    "MMMM..--MMMM..--"
    "MMMM..--MMMM..--"
    "MMMM..--MMMM..--"
    "MMMM..--MMMM..--"
    "----------------"
    "................"
    "---M----.M.M...."
    "................"
    "MM-MMMMMMMMMMMMM"
    "..........-....."
    "................"
    "................"
    "MM..--MM........"
    "MMMM---.MMMMMMMM"
    "..........-....."
    "-.--..MM......MM";

// `b` one byte, `w` two, `d` four, `z` two or four, `v` two, four or eight, `o` an address, `e`
// those of `enter`.
constexpr std::string_view primary_immediates =
    "....bz......bz.."
    "....bz......bz.."
    "....bz......bz.."
    "....bz......bz.."
    "................"
    "................"
    "........zzbb...."
    "bbbbbbbbbbbbbbbb"
    "bz.b............"
    "................"
    "oooo....bz......"
    "bbbbbbbbvvvvvvvv"
    "bbw...bze.w..b.."
    "................"
    "bbbbbbbbdd.b...."
    "................";

constexpr std::string_view forms_0f =
    "MMMM-.....-.-M--"
    "MMMMMMMMMMMMMMMM"
    "MMMM----MMMMMMMM"
    "........--------"
    "MMMMMMMMMMMMMMMM"
    "MMMMMMMMMMMMMMMM"
    "MMMMMMMMMMMMMMMM"
    "MMMMMMM.MMMMMMMM"
    "................"
    "MMMMMMMMMMMMMMMM"
    "...MMM--...MMMMM"
    "MMMMMMMMMMMMMMMM"
    "MMMMMMMM........"
    "MMMMMMMMMMMMMMMM"
    "MMMMMMMMMMMMMMMM"
    "MMMMMMMMMMMMMMMM";

static_assert(primary_forms.size() == 256 && primary_immediates.size() == 256 &&
              forms_0f.size() == 256);

unsigned primary_immediate_size(const Instruction& instruction) noexcept
{
    const unsigned full = instruction.operand_16 && !instruction.wide ? 2 : 4;
    constexpr std::uint8_t group_3 = 0xF6;  // and F7: only `test` has an immediate
    if ((instruction.opcode & 0xFE) == group_3) {
        const bool test = instruction.reg < 2;
        return !test ? 0 : instruction.opcode == group_3 ? 1 : full;
    }
    switch (primary_immediates[instruction.opcode]) {
    case 'b': return 1;
    case 'w': return 2;
    case 'e': return 3;
    case 'd': return 4;
    case 'z': return full;
    case 'v': return instruction.wide ? 8 : full;
    case 'o': return instruction.address_32 ? 4 : 8;
    default: return 0;
    }
}

unsigned immediate_size_0f(std::uint8_t opcode) noexcept
{
    switch (opcode) {
    case 0x70:
    case 0x71:
    case 0x72:
    case 0x73:
    case 0xA4:
    case 0xAC:
    case 0xBA:
    case 0xC2:
    case 0xC4:
    case 0xC5:
    case 0xC6: return 1;
    default: return (opcode & 0xF0) == 0x80 ? 4 : 0;  // jcc
    }
}

}  // namespace

bool is_opcode(const Instruction& instruction) noexcept
{
    switch (instruction.map) {
    case Map::primary: return primary_forms[instruction.opcode] != '-';
    case Map::map_0f: return forms_0f[instruction.opcode] != '-';
    default: return true;
    }
}

bool has_vector_index(const Instruction& instruction) noexcept
{
    if (instruction.map != Map::map_0f38 || instruction.encoding == Encoding::legacy) {
        return false;
    }
    const unsigned four = instruction.opcode >> 2;
    const bool gather = four == 0x90 >> 2;
    const bool scatter = four == 0xA0 >> 2;
    const bool prefetch = (instruction.opcode & 0xFE) == 0xC6;
    return gather || (instruction.encoding == Encoding::evex && (scatter || prefetch));
}

bool has_modrm(const Instruction& instruction) noexcept
{
    switch (instruction.map) {
    case Map::primary: return primary_forms[instruction.opcode] == 'M';
    case Map::map_0f: return forms_0f[instruction.opcode] == 'M';
    default: return true;
    }
}

unsigned immediate_size(const Instruction& instruction) noexcept
{
    switch (instruction.map) {
    case Map::primary: return primary_immediate_size(instruction);
    case Map::map_0f: return immediate_size_0f(instruction.opcode);
    case Map::map_0f38: return 0;
    case Map::map_0f3a: return 1;
    }
    return 0;
}

bool has_absolute_address(const Instruction& instruction) noexcept
{
    return instruction.map == Map::primary && primary_immediates[instruction.opcode] == 'o';
}

}  // namespace pycore::x86
