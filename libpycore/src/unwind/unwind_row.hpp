#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "unwind/cfi_entry.hpp"
#include "unwind/registers.hpp"

namespace pycore {

/// Where the caller's value of a register is found.
struct RegisterRule {
    enum class Kind : std::uint8_t {
        unspecified,    ///< nothing is said: the machine's convention holds
        same,           ///< still in the register
        undefined,      ///< lost
        at_offset,      ///< saved at CFA + `number`
        is_offset,      ///< equals CFA + `number`
        in_register,    ///< in register `number`
        at_expression,  ///< saved at the address `expression` gives
        is_expression   ///< equals what `expression` gives
    };
    Kind kind = Kind::unspecified;
    std::int64_t number = 0;
    std::span<const std::byte> expression;
};

/// The CFA: `column` plus `offset`, or what `expression` gives.
struct CfaRule {
    std::uint64_t column = 0;
    std::int64_t offset = 0;
    std::span<const std::byte> expression;
};

/// All that call frame information says about one instruction. Expressions are spans into `entry`.
struct UnwindRow {
    CfiEntry entry;
    CfaRule cfa;
    std::array<RegisterRule, register_columns> registers;
    bool return_address_signed = false;  ///< aarch64

    [[nodiscard]] const RegisterRule& return_rule() const noexcept
    {
        return registers[static_cast<std::size_t>(entry.common->return_column)];
    }
};

/// Runs the instructions of `entry` up to `pc`, which lies in its code.
Result<std::shared_ptr<const UnwindRow>> make_unwind_row(CfiEntry entry, Address pc);

}  // namespace pycore
