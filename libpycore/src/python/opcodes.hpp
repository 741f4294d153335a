#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

namespace pycore {

/// What an opcode does, as far as we follow bytecode.
enum class OpcodeRole : std::uint8_t {
    opaque,                    ///< hides another one, or is none
    other,                     ///< anything that we do not follow
    neutral,                   ///< changes nothing that we follow
    extended_argument,         ///< higher bits of the next one's argument
    load_local,                ///< the slot with this index
    load_two_locals,           ///< of 4 bits each, the first one in the higher bits
    load_cell,                 ///< what is in the cell of the slot with this index
    load_global,               ///< index of the name, shifted by one
    load_name,                 ///< index of the name
    load_attribute,            ///< index of the name
    load_attribute_or_method,  ///< index of the name, shifted by one
    load_constant,             ///< index in `co_consts`
    load_small_int,            ///< the number itself
    subscript,
    binary_operation,  ///< which one
    call,
    jump_backward  ///< by so many units from the next instruction, also under a condition
};

struct Opcode {
    OpcodeRole role = OpcodeRole::opaque;
    std::uint8_t caches = 0;  ///< units that follow it and are no instructions
};

/// By number, specialised and instrumented forms too.
using OpcodeTable = std::array<Opcode, 256>;

struct OpcodeGroup {
    OpcodeRole role;
    std::uint8_t caches;
    std::initializer_list<std::uint8_t> numbers;
};

/// What is in no group is opaque.
consteval OpcodeTable opcode_table(std::initializer_list<OpcodeGroup> groups)
{
    OpcodeTable table{};
    for (const OpcodeGroup& group : groups) {
        for (const std::uint8_t number : group.numbers) {
            table[number] = Opcode{.role = group.role, .caches = group.caches};
        }
    }
    return table;
}

}  // namespace pycore
