#pragma once

#include "crash/x86_effects.hpp"

namespace pycore::x86 {

/// What compilers make of C, by opcode. Anything else is not known.
class Step {
public:
    Step(const Instruction& instruction, std::span<const std::uint8_t> bytes, FlowState& state);

    std::optional<Flow> run();

private:
    bool primary(std::uint8_t opcode);
    bool other(std::uint8_t opcode);
    bool control(std::uint8_t opcode);
    bool escaped(std::uint8_t opcode);
    bool vector(std::uint8_t opcode);

    bool arithmetic(std::uint8_t opcode);
    bool arithmetic_immediate(unsigned size);
    bool multiply_or_test();
    bool group_of_ff();
    bool leave();

    bool forget(std::uint8_t number);
    bool write(Value value);
    bool write_byte();
    bool push(Value value);
    bool call();
    bool jump(unsigned size, bool conditional);
    bool stop();

    const Instruction& instruction_;
    Effects effects_;
    Flow flow_;
};

}  // namespace pycore::x86
