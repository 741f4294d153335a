#pragma once

#include <span>
#include <string_view>

#include "pycore/limits.hpp"

namespace pycore {

/// One member of `Limits` as an option. Each is of one of the two kinds of number.
struct LimitOption {
    std::string_view name;  ///< without the dashes, as `LimitHit::limit` spells it
    std::string_view help;
    std::size_t Limits::*count = nullptr;
    std::uint64_t Limits::*bytes = nullptr;
};

/// All but the time limit, which is not a count.
[[nodiscard]] std::span<const LimitOption> limit_options() noexcept;

}  // namespace pycore
