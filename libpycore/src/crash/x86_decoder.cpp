#include "crash/x86_forms.hpp"
#include "crash/x86_operand_bytes.hpp"

namespace pycore::x86 {
namespace {

class Decoder {
public:
    explicit Decoder(std::span<const std::uint8_t> bytes) : cursor_(bytes) {}

    std::optional<Instruction> decode()
    {
        while (cursor_.complete() && take_prefix(cursor_.peek())) {
            cursor_.take();
        }
        if (!read_opcode()) {
            return std::nullopt;
        }
        read_operand_bytes(cursor_, extension_, result_);
        if (!cursor_.complete()) {
            return std::nullopt;
        }
        result_.length = static_cast<std::uint8_t>(cursor_.position());
        return result_;
    }

private:
    /// Prefixes before REX, which counts only when the opcode follows it.
    bool take_prefix(std::uint8_t byte)
    {
        if ((byte & 0xF0) == 0x40) {
            set_extensions((byte & 2) != 0, (byte & 1) != 0, (byte & 8) != 0);
            return true;
        }
        switch (byte) {
        case 0x66: result_.operand_16 = true; break;
        case 0x67: result_.address_32 = true; break;
        case 0x64: result_.addressing.segment = Segment::fs; break;
        case 0x65: result_.addressing.segment = Segment::gs; break;
        case 0xF2: result_.mandatory = Mandatory::pf2; break;
        case 0xF3: result_.mandatory = Mandatory::pf3; break;
        case 0x26:  // cs, ds, es and ss do nothing in 64-bit mode
        case 0x2E:
        case 0x36:
        case 0x3E:
        case 0xF0: break;
        default: return false;
        }
        set_extensions(false, false, false);
        return true;
    }

    void set_extensions(bool index, bool base, bool wide)
    {
        extension_.index = index ? 8 : 0;
        extension_.base = base ? 8 : 0;
        result_.wide = wide;
    }

    bool read_opcode()
    {
        result_.repeated = result_.mandatory != Mandatory::none;
        if (result_.mandatory == Mandatory::none && result_.operand_16) {
            result_.mandatory = Mandatory::p66;
        }
        const std::uint8_t first = cursor_.take();
        switch (first) {
        case 0x0F: return read_escaped();
        case 0x62: return read_evex();
        case 0xC4: return read_vex(cursor_.take());
        case 0xC5: return read_short_vex();
        default: break;
        }
        constexpr std::uint8_t pop_or_xop = 0x8F;
        result_.opcode = first;
        return is_opcode(result_) && (first != pop_or_xop || (cursor_.peek() & 0x1F) < 8);
    }

    bool read_escaped()
    {
        result_.map = Map::map_0f;
        result_.opcode = cursor_.take();
        if (result_.opcode == 0x38 || result_.opcode == 0x3A) {
            result_.map = result_.opcode == 0x38 ? Map::map_0f38 : Map::map_0f3a;
            result_.opcode = cursor_.take();
        }
        return is_opcode(result_);
    }

    bool read_short_vex()
    {
        result_.encoding = Encoding::vex;
        set_extensions(false, false, false);
        return read_vector_opcode(1, cursor_.take());
    }

    bool read_vex(std::uint8_t first)
    {
        result_.encoding = Encoding::vex;
        const std::uint8_t second = cursor_.take();
        set_extensions((first & 0x40) == 0, (first & 0x20) == 0, (second & 0x80) != 0);
        return read_vector_opcode(first & 0x1F, second);
    }

    bool read_evex()
    {
        const std::uint8_t first = cursor_.take();
        const std::uint8_t second = cursor_.take();
        const std::uint8_t third = cursor_.take();
        // Set and clear in all of AVX-512; APX gave them other meanings.
        if ((first & 0x08) != 0 || (second & 0x04) == 0 || (third & 0x60) == 0x60) {
            return false;
        }
        result_.encoding = Encoding::evex;
        result_.broadcast = (third & 0x10) != 0;
        set_extensions((first & 0x40) == 0, (first & 0x20) == 0, (second & 0x80) != 0);
        extension_.vector_index = (third & 0x08) == 0 ? 16 : 0;
        // The length is where VEX has one bit.
        const bool done = read_vector_opcode(first & 0x07, second & 0x83);
        result_.vector_bytes = static_cast<std::uint8_t>(16 << (third >> 5 & 3));
        return done;
    }

    /// `bits` ends with L and pp, as VEX has them.
    bool read_vector_opcode(unsigned map, std::uint8_t bits)
    {
        result_.map = static_cast<Map>(map);
        result_.mandatory = static_cast<Mandatory>(bits & 3);
        result_.vector_bytes = (bits & 4) != 0 ? 32 : 16;
        result_.opcode = cursor_.take();
        return map >= 1 && map <= 3;
    }

    Cursor cursor_;
    Instruction result_;
    Extension extension_;
};

}  // namespace

std::optional<Instruction> decode(std::span<const std::uint8_t> bytes)
{
    return Decoder(bytes).decode();
}

}  // namespace pycore::x86
