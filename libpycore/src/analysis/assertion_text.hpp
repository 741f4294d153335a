#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pycore {

/// What glibc's `assert` said.
struct AssertionText {
    std::string expression;
    std::string file;
    std::uint32_t line = 0;
    std::string function;  ///< as the compiler spells it; empty where it was not told

    friend bool operator==(const AssertionText&, const AssertionText&) = default;
};

/// The parts of "PROGRAM: FILE:LINE: FUNCTION: Assertion `EXPRESSION' failed."; nothing for any
/// other message.
[[nodiscard]] std::optional<AssertionText> parse_assertion(std::string_view message);

}  // namespace pycore
