#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "pycore/core_file.hpp"

namespace pycore {

/// DWARF columns that are followed; vector and state registers beyond never lead to a caller.
constexpr std::size_t register_columns = 33;

/// General registers of one frame by DWARF column, as far as they are known, and its pc.
class RegisterValues {
public:
    Address pc;

    [[nodiscard]] std::optional<std::uint64_t> value(std::uint64_t column) const noexcept
    {
        return column < register_columns && (known_ >> column & 1) != 0
                   ? std::optional(values_[static_cast<std::size_t>(column)])
                   : std::nullopt;
    }
    void set(std::uint64_t column, std::optional<std::uint64_t> value) noexcept
    {
        if (column >= register_columns) {
            return;
        }
        values_[static_cast<std::size_t>(column)] = value.value_or(0);
        known_ &= ~(std::uint64_t{1} << column);
        known_ |= std::uint64_t{value.has_value()} << column;
    }

private:
    std::array<std::uint64_t, register_columns> values_{};
    std::uint64_t known_ = 0;
};

/// Where the kernel puts a signal's `ucontext` and `siginfo_t`, counted from the sp that the
/// trampoline runs with, and the registers in the former.
struct SignalFrameLayout {
    std::uint64_t ucontext = 0;
    std::uint64_t signal_info = 0;
    std::array<std::uint16_t, register_columns> registers{};  ///< offset in `ucontext`; 0: none
    std::uint64_t pc = 0;
    std::span<const std::uint8_t> trampoline;  ///< instructions from the handler's return on
};

/// All that differs between machines, as data.
struct Architecture {
    std::uint8_t sp = 0;
    std::uint8_t frame_pointer = 0;
    std::optional<std::uint8_t> link;   ///< holds the return address on entry; else the stack does
    std::uint64_t kept_by_callees = 0;  ///< a bit a column: unchanged where CFI says nothing
    std::uint64_t return_address_mask = 0;  ///< what a signed return address leaves of an address
    std::span<const std::uint8_t> note_order;  ///< DWARF column of each register of NT_PRSTATUS
    std::uint8_t note_pc = 0;                  ///< the pc's place in NT_PRSTATUS
    SignalFrameLayout signal;
};

/// Stands in `note_order` for what has no DWARF column.
constexpr std::uint8_t no_column = 0xFF;

[[nodiscard]] const Architecture& architecture_of(Machine machine) noexcept;

[[nodiscard]] RegisterValues registers_of(const ThreadRegisters& thread,
                                          const Architecture& architecture) noexcept;

}  // namespace pycore
