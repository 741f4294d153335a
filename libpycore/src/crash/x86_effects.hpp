#pragma once

#include "crash/x86_flow.hpp"
#include "crash/x86_instruction.hpp"

namespace pycore::x86 {

/// One instruction and what it does to what is known.
class Effects {
public:
    /// All outlive this object; `bytes` start with the instruction.
    Effects(const Instruction& instruction,
            std::span<const std::uint8_t> bytes,
            FlowState& state) noexcept;

    [[nodiscard]] std::uint8_t opcode() const noexcept { return instruction_.opcode; }
    /// ModRM.reg, and the register that the opcode ends with.
    [[nodiscard]] std::uint8_t reg() const noexcept;
    [[nodiscard]] std::uint8_t opcode_register() const noexcept;
    /// The last `size` bytes of the instruction.
    [[nodiscard]] std::int64_t immediate(unsigned size) const noexcept;
    /// False once the place of the stack is lost.
    [[nodiscard]] bool known() const noexcept { return known_; }

    [[nodiscard]] Value register_value(std::uint8_t number) const;
    void set(std::uint8_t number, Value value = {});
    /// A register of one byte: where there is no REX, the upper four are parts of the lower.
    void set_byte(std::uint8_t number);
    /// The operand that ModRM names.
    [[nodiscard]] Value operand() const;
    void set_operand(Value value, std::int64_t size);
    /// The address that ModRM computes.
    [[nodiscard]] Value address() const;

    void push(Value value);
    Value pop();
    void call();
    void write_string();

private:
    const Instruction& instruction_;
    std::span<const std::uint8_t> bytes_;
    FlowState& state_;
    std::uint8_t rex_ = 0;
    bool known_ = true;
};

}  // namespace pycore::x86
