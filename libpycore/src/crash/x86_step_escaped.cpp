#include "crash/x86_step.hpp"

namespace pycore::x86 {

bool Step::escaped(std::uint8_t opcode)
{
    switch (opcode & 0xF0) {
    case 0x40: return forget(effects_.reg());
    case 0x80: return jump(4, true);
    case 0x90: return write_byte();
    default: break;
    }
    switch (opcode) {
    case 0x0B: return stop();
    case 0x0D:
    case 0x18:
    case 0x1F:
    case 0xA3: return true;
    case 0x1E:  // endbr64 is among what does nothing
        return instruction_.on_memory || instruction_.reg == 7;
    case 0xAF:
    case 0xB6:
    case 0xB7:
    case 0xBC:
    case 0xBD:
    case 0xBE:
    case 0xBF: return forget(effects_.reg());
    default: break;
    }
    return (opcode & 0xF8) == 0xC8 ? forget(effects_.opcode_register()) : vector(opcode);
}

/// Most write vector registers only.
bool Step::vector(std::uint8_t opcode)
{
    constexpr std::int64_t widest = 16;
    switch (opcode) {
    case 0x11:
    case 0x13:
    case 0x17:
    case 0x29:
    case 0x2B:
    case 0x7F:
    case 0xD6:
    case 0xE7:
        if (instruction_.on_memory) {
            effects_.set_operand({}, widest);
        }
        return true;
    case 0x7E:
        if (instruction_.mandatory != Mandatory::pf3) {
            effects_.set_operand({}, widest);
        }
        return true;
    case 0x2C:
    case 0x2D:
    case 0x50:
    case 0xC5:
    case 0xD7: return forget(effects_.reg());
    case 0xC2:
    case 0xC4:
    case 0xC6: return true;
    default: break;
    }
    const bool arithmetic = (opcode >= 0x51 && opcode <= 0x76) || opcode >= 0xD0;
    const bool move = (opcode & 0xF8) == 0x10 || (opcode & 0xF8) == 0x28;
    constexpr std::uint8_t through_rdi = 0xF7;
    return (arithmetic || move) && opcode != through_rdi;
}

}  // namespace pycore::x86
