#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "pycore/memory.hpp"
#include "unwind/registers.hpp"

namespace pycore {

/// What a DWARF expression of call frame information leaves on top of its stack. `first` is there
/// before it starts: the CFA, except for an expression of the CFA itself. A jump may go back, so
/// the number of its steps is bounded.
Result<std::uint64_t> evaluate(std::span<const std::byte> expression,
                               const Memory& memory,
                               const RegisterValues& registers,
                               std::optional<std::uint64_t> first);

}  // namespace pycore
