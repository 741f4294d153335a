#include <algorithm>

#include "crash/x86_implicit.hpp"
#include "crash/x86_rules.hpp"

namespace pycore::x86 {
namespace {

const Rule* find_rule(const Instruction& instruction)
{
    const auto rules = [&] {
        switch (instruction.map) {
        case Map::map_0f: return rules_0f();
        case Map::map_0f38: return rules_0f38();
        case Map::map_0f3a: return rules_0f3a();
        case Map::primary: break;
        }
        return primary_rules();
    }();
    const unsigned encoding = 1U << static_cast<unsigned>(instruction.encoding);
    const unsigned prefix = 1U << static_cast<unsigned>(instruction.mandatory);
    const unsigned group = 1U << instruction.reg;
    const auto rule = std::ranges::find_if(rules, [&](const Rule& it) {
        return it.first <= instruction.opcode && instruction.opcode <= it.last &&
               (it.encodings & encoding) != 0 && (it.prefixes & prefix) != 0 &&
               (it.groups & group) != 0;
    });
    return rule == rules.end() ? nullptr : &*rule;
}

bool is_mmx(const Instruction& instruction)
{
    if (instruction.encoding != Encoding::legacy || instruction.mandatory != Mandatory::none) {
        return false;
    }
    constexpr std::uint8_t cmpps = 0xC2;
    constexpr std::uint8_t shufps = 0xC6;
    constexpr std::uint8_t palignr = 0x0F;
    const std::uint8_t opcode = instruction.opcode;
    switch (instruction.map) {
    case Map::map_0f: return opcode >= 0x60 && opcode != cmpps && opcode != shufps;
    case Map::map_0f38: return opcode < 0x40;
    case Map::map_0f3a: return opcode == palignr;
    case Map::primary: break;
    }
    return false;
}

std::uint32_t operand_size(const Instruction& instruction)
{
    return instruction.wide ? 8 : instruction.operand_16 ? 2 : 4;
}

/// vmovddup, kmov and the like, whose sizes follow no common way.
std::uint32_t odd_size(const Instruction& instruction, Size size)
{
    const bool byte = instruction.mandatory == Mandatory::p66;
    switch (size) {
    case Size::duplicated: return instruction.vector_bytes == 16 ? 8 : instruction.vector_bytes;
    case Size::element_small: return instruction.wide ? 2 : 1;
    case Size::pair: return instruction.wide ? 16 : 8;
    case Size::mask: return instruction.wide ? (byte ? 4 : 8) : (byte ? 1 : 2);
    default: return 0;
    }
}

std::uint32_t fixed_size(Size size)
{
    switch (size) {
    case Size::bytes_1: return 1;
    case Size::bytes_2: return 2;
    case Size::bytes_4: return 4;
    case Size::bytes_8: return 8;
    case Size::bytes_10: return 10;
    case Size::bytes_16: return 16;
    case Size::bytes_28: return 28;
    case Size::bytes_32: return 32;
    case Size::bytes_64: return 64;
    case Size::bytes_108: return 108;
    case Size::bytes_512: return 512;
    case Size::bytes_576: return 576;
    default: return 0;
    }
}

std::uint32_t size_of(const Instruction& instruction, Size size)
{
    const std::uint32_t element = instruction.wide ? 8 : 4;
    const std::uint32_t vector = is_mmx(instruction) ? 8 : instruction.vector_bytes;
    const bool of_vector = size == Size::vector || size == Size::half || size == Size::widened;
    if (instruction.broadcast && of_vector) {
        return element;
    }
    switch (size) {
    case Size::by_opcode: return instruction.opcode % 2 == 0 ? 1 : operand_size(instruction);
    case Size::operand: return operand_size(instruction);
    case Size::element: return element;
    case Size::vector: return vector;
    case Size::half: return vector / 2;
    case Size::widened: return instruction.wide ? vector : vector / 2;
    case Size::quarter: return vector / 4;
    case Size::eighth: return vector / 8;
    default: return std::max(odd_size(instruction, size), fixed_size(size));
    }
}

/// The multiple that the address has to be of; 1 where it need not be any.
std::uint32_t alignment_of(const Instruction& instruction, const Rule& rule, std::uint32_t size)
{
    if (rule.aligned == Aligned::yes && size >= 16) {
        return size;
    }
    const bool sse =
        instruction.encoding == Encoding::legacy && instruction.map != Map::primary && size >= 16;
    if (rule.aligned == Aligned::no || !sse) {
        return 1;
    }
    return rule.size == Size::bytes_576 ? 64 : 16;
}

std::optional<Operand> explicit_operand(const Instruction& instruction)
{
    const Rule* const rule = instruction.on_memory ? find_rule(instruction) : nullptr;
    if (rule == nullptr || rule->use == Use::nothing) {
        return std::nullopt;
    }
    Operand operand{.addressing = instruction.addressing, .size = size_of(instruction, rule->size)};
    operand.alignment = alignment_of(instruction, *rule, operand.size);
    switch (rule->use) {
    case Use::write: operand.kind = MemoryAccess::Kind::write; break;
    case Use::both: operand.kind = MemoryAccess::Kind::read_write; break;
    default: operand.kind = MemoryAccess::Kind::read; break;
    }
    if (instruction.encoding == Encoding::evex && instruction.short_displacement) {
        operand.addressing.displacement *= operand.size;
    }
    return operand;
}

}  // namespace

std::vector<Operand> operands_of(const Instruction& instruction)
{
    std::vector<Operand> operands;
    if (const auto operand = explicit_operand(instruction)) {
        operands.push_back(*operand);
    }
    append_implicit_operands(instruction, operands);
    return operands;
}

}  // namespace pycore::x86
