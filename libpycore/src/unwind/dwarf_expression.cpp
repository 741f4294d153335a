#include "unwind/dwarf_expression.hpp"

#include <dwarf.h>

#include <vector>

#include "base/try.hpp"
#include "unwind/byte_reader.hpp"

namespace pycore {
namespace {

constexpr Label what = "DWARF expression";
constexpr std::size_t most_steps = 4096;
constexpr std::size_t deepest_stack = 256;

constexpr std::int64_t as_signed(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

template <class T>
constexpr std::uint64_t as_unsigned(T value)
{
    return static_cast<std::uint64_t>(value);
}

/// The operand of DW_OP_const..., or nothing for another operation.
std::optional<std::uint64_t> read_constant(std::uint8_t code, ByteReader& reader)
{
    switch (code) {
    case DW_OP_addr:
    case DW_OP_const8u:
    case DW_OP_const8s: return reader.read<std::uint64_t>();
    case DW_OP_const1u: return reader.read<std::uint8_t>();
    case DW_OP_const1s: return as_unsigned(reader.read<std::int8_t>());
    case DW_OP_const2u: return reader.read<std::uint16_t>();
    case DW_OP_const2s: return as_unsigned(reader.read<std::int16_t>());
    case DW_OP_const4u: return reader.read<std::uint32_t>();
    case DW_OP_const4s: return as_unsigned(reader.read<std::int32_t>());
    case DW_OP_constu: return reader.uleb128();
    case DW_OP_consts: return as_unsigned(reader.sleb128());
    default: break;
    }
    if (code >= DW_OP_lit0 && code <= DW_OP_lit31) {
        return code - DW_OP_lit0;
    }
    return std::nullopt;
}

/// `b` is the top of the stack. Nothing for another operation, and for a division by zero.
std::optional<std::uint64_t> combine(std::uint8_t code, std::uint64_t a, std::uint64_t b)
{
    switch (code) {
    case DW_OP_and: return a & b;
    case DW_OP_or: return a | b;
    case DW_OP_xor: return a ^ b;
    case DW_OP_plus: return a + b;
    case DW_OP_minus: return a - b;
    case DW_OP_mul: return a * b;
    case DW_OP_mod: return b == 0 ? std::nullopt : std::optional(a % b);
    case DW_OP_shl: return b < 64 ? a << b : 0;
    case DW_OP_shr: return b < 64 ? a >> b : 0;
    case DW_OP_shra: return as_unsigned(as_signed(a) >> (b < 64 ? b : 63));
    case DW_OP_eq: return std::uint64_t{a == b};
    case DW_OP_ne: return std::uint64_t{a != b};
    case DW_OP_lt: return std::uint64_t{as_signed(a) < as_signed(b)};
    case DW_OP_le: return std::uint64_t{as_signed(a) <= as_signed(b)};
    case DW_OP_gt: return std::uint64_t{as_signed(a) > as_signed(b)};
    case DW_OP_ge: return std::uint64_t{as_signed(a) >= as_signed(b)};
    default: return std::nullopt;
    }
}

class Evaluator {
public:
    Evaluator(std::span<const std::byte> expression,
              const Memory& memory,
              const RegisterValues& registers)
        : reader_(expression), memory_(memory), registers_(registers)
    {
    }

    Result<std::uint64_t> run(std::optional<std::uint64_t> first)
    {
        if (first) {
            stack_.push_back(*first);
        }
        for (std::size_t steps = 0; !reader_.at_end(); ++steps) {
            const auto code = reader_.read<std::uint8_t>();
            PYCORE_CHECK(execute(code));
            if (steps > most_steps || stack_.size() > deepest_stack) {
                return Fault{FaultCode::limit_reached, code, what};
            }
        }
        if (reader_.failed() || stack_.empty()) {
            return Fault{FaultCode::bad_format, 0, what};
        }
        return stack_.back();
    }

private:
    Result<void> execute(std::uint8_t code)
    {
        if (const auto constant = read_constant(code, reader_)) {
            stack_.push_back(*constant);
            return {};
        }
        if ((code >= DW_OP_breg0 && code <= DW_OP_breg31) || code == DW_OP_bregx) {
            return push_register(code);
        }
        if (code == DW_OP_skip || code == DW_OP_bra) {
            return jump(code == DW_OP_bra);
        }
        return execute_on_top(code);
    }

    Result<void> push_register(std::uint8_t code)
    {
        const std::uint64_t column =
            code == DW_OP_bregx ? reader_.uleb128() : std::uint64_t{code} - DW_OP_breg0;
        const auto value = registers_.value(column);
        const std::int64_t offset = reader_.sleb128();
        if (!value) {
            return Fault{FaultCode::not_saved, column, "register of a DWARF expression"};
        }
        stack_.push_back(*value + as_unsigned(offset));
        return {};
    }

    Result<void> jump(bool conditional)
    {
        const auto distance = reader_.read<std::int16_t>();
        PYCORE_TRY(const std::uint64_t condition,
                   conditional ? pop() : Result<std::uint64_t>(std::uint64_t{1}));
        if (condition != 0) {
            reader_.jump_to(static_cast<std::int64_t>(reader_.position()) + distance);
        }
        return {};
    }

    Result<void> execute_on_top(std::uint8_t code)
    {
        if (code == DW_OP_nop) {
            return {};
        }
        PYCORE_TRY(const std::uint64_t top, pop());
        switch (code) {
        case DW_OP_drop: return {};
        case DW_OP_dup: return push(top, top);
        case DW_OP_deref: return dereference(top, 8);
        case DW_OP_deref_size: return dereference(top, reader_.read<std::uint8_t>());
        case DW_OP_abs: return push(as_signed(top) < 0 ? 0 - top : top);
        case DW_OP_neg: return push(0 - top);
        case DW_OP_not: return push(~top);
        case DW_OP_plus_uconst: return push(top + reader_.uleb128());
        default: break;
        }
        PYCORE_TRY(const std::uint64_t below, pop());
        if (code == DW_OP_swap) {
            return push(top, below);
        }
        if (code == DW_OP_over) {
            return push(below, top, below);
        }
        const auto value = combine(code, below, top);
        return value ? push(*value) : Fault{FaultCode::unsupported, code, what};
    }

    template <class... Values>
    Result<void> push(Values... values)
    {
        (stack_.push_back(values), ...);
        return {};
    }

    Result<std::uint64_t> pop()
    {
        if (stack_.empty()) {
            return Fault{FaultCode::bad_format, reader_.position(), what};
        }
        const std::uint64_t top = stack_.back();
        stack_.pop_back();
        return top;
    }

    Result<void> dereference(std::uint64_t at, std::uint8_t size)
    {
        std::uint64_t value = 0;
        if (size == 0 || size > sizeof(value)) {
            return Fault{FaultCode::bad_format, size, what};
        }
        PYCORE_CHECK(memory_.read_bytes(
            Address{at}, std::as_writable_bytes(std::span(&value, 1)).first(size), what));
        return push(value);
    }

    ByteReader reader_;
    const Memory& memory_;
    const RegisterValues& registers_;
    std::vector<std::uint64_t> stack_;
};

}  // namespace

Result<std::uint64_t> evaluate(std::span<const std::byte> expression,
                               const Memory& memory,
                               const RegisterValues& registers,
                               std::optional<std::uint64_t> first)
{
    return Evaluator(expression, memory, registers).run(first);
}

}  // namespace pycore
