#include "unwind/cfi_step.hpp"

#include "base/try.hpp"
#include "unwind/dwarf_expression.hpp"

namespace pycore {
namespace {

using Kind = RegisterRule::Kind;

class Step {
public:
    Step(const Memory& memory, const Architecture& architecture, const RegisterValues& registers)
        : memory_(memory), architecture_(architecture), registers_(registers)
    {
    }

    Result<std::uint64_t> find_cfa(const CfaRule& rule) const
    {
        if (!rule.expression.empty()) {
            return evaluate(rule.expression, memory_, registers_, std::nullopt);
        }
        const auto base = registers_.value(rule.column);
        if (!base) {
            return Fault{FaultCode::not_saved, rule.column, "register of the CFA"};
        }
        return *base + static_cast<std::uint64_t>(rule.offset);
    }

    Result<std::uint64_t> find_value(const RegisterRule& rule,
                                     std::uint64_t column,
                                     std::uint64_t cfa) const
    {
        const Label what = "saved register";
        const std::uint64_t at = cfa + static_cast<std::uint64_t>(rule.number);
        switch (rule.kind) {
        case Kind::unspecified: return keep(column, architecture_.kept_by_callees >> column & 1);
        case Kind::same: return keep(column, true);
        case Kind::in_register: return keep(static_cast<std::uint64_t>(rule.number), true);
        case Kind::is_offset: return at;
        case Kind::at_offset: return memory_.read<std::uint64_t>(Address{at}, what);
        case Kind::is_expression: return evaluate(rule.expression, memory_, registers_, cfa);
        case Kind::at_expression: {
            PYCORE_TRY(const auto place, evaluate(rule.expression, memory_, registers_, cfa));
            return memory_.read<std::uint64_t>(Address{place}, what);
        }
        case Kind::undefined: break;
        }
        return Fault{FaultCode::not_saved, column, what};
    }

private:
    [[nodiscard]] Result<std::uint64_t> keep(std::uint64_t column, std::uint64_t kept) const
    {
        const auto value = registers_.value(column);
        return kept != 0 && value
                   ? Result(*value)
                   : Fault{FaultCode::not_saved, column, "register kept by its callee"};
    }

    const Memory& memory_;
    const Architecture& architecture_;
    const RegisterValues& registers_;
};

}  // namespace

Result<Caller> step_by_cfi(const UnwindRow& row,
                           const Memory& memory,
                           const Architecture& architecture,
                           const RegisterValues& registers)
{
    const Step step(memory, architecture, registers);
    PYCORE_TRY(const std::uint64_t cfa, step.find_cfa(row.cfa));
    Caller caller{.registers = {}, .cfa = Address{cfa}};
    if (row.return_rule().kind == Kind::undefined) {
        caller.outermost = true;
        return caller;
    }
    PYCORE_TRY(std::uint64_t pc,
               step.find_value(row.return_rule(), row.entry.common->return_column, cfa));
    if (row.return_address_signed) {
        pc &= architecture.return_address_mask;
    }
    // The convention: the CFA is the caller's sp, which signal frames override.
    caller.registers.set(architecture.sp, cfa);
    for (std::size_t column = 0; column < register_columns; ++column) {
        const RegisterRule& rule = row.registers[column];
        if (column == architecture.sp && rule.kind == Kind::unspecified) {
            continue;
        }
        const auto value = step.find_value(rule, column, cfa);
        caller.registers.set(column, value ? std::optional(*value) : std::nullopt);
    }
    caller.registers.pc = Address{pc};
    return caller;
}

}  // namespace pycore
