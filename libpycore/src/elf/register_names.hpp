#pragma once

#include <span>
#include <string_view>

#include "pycore/core_file.hpp"

namespace pycore {

/// The names of `ThreadRegisters::general`, in its order.
[[nodiscard]] std::span<const std::string_view> register_names(Machine machine) noexcept;

}  // namespace pycore
