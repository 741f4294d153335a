#include "crash/x86_registers.hpp"

#include <array>

#include "elf/register_names.hpp"

namespace pycore::x86 {
namespace {

// Places in `user_regs_struct`, by the number in instructions.
constexpr std::array<std::uint8_t, 17> places{10, 11, 12, 5, 19, 4, 13, 14, 9,
                                              8,  7,  6,  3, 2,  1, 0,  16};
constexpr std::size_t fs_base = 21;
constexpr std::size_t gs_base = 22;

std::uint64_t segment_base(Segment segment, const ThreadRegisters& registers)
{
    switch (segment) {
    case Segment::fs: return registers.general[fs_base];
    case Segment::gs: return registers.general[gs_base];
    case Segment::none: break;
    }
    return 0;
}

}  // namespace

std::uint64_t value_of(const ThreadRegisters& registers, std::uint8_t number) noexcept
{
    return number < places.size() ? registers.general[places[number]] : 0;
}

std::string name_of(std::uint8_t number)
{
    return number < places.size() ? std::string(register_names(Machine::x86_64)[places[number]])
                                  : std::string();
}

std::optional<Address> address_of(const Operand& operand,
                                  const Instruction& instruction,
                                  const ThreadRegisters& registers) noexcept
{
    const Addressing& addressing = operand.addressing;
    if (addressing.vector_index) {
        return std::nullopt;
    }
    auto address = static_cast<std::uint64_t>(addressing.displacement);
    if (addressing.base) {
        address += value_of(registers, *addressing.base);
    }
    if (addressing.base == reg::rip) {
        address += instruction.length;
    }
    if (addressing.index) {
        const std::uint64_t index = value_of(registers, *addressing.index);
        address += (addressing.byte_index ? index & 0xFF : index) * addressing.scale;
    }
    if (instruction.address_32) {
        address &= UINT32_MAX;
    }
    return Address{address + segment_base(addressing.segment, registers)};
}

}  // namespace pycore::x86
