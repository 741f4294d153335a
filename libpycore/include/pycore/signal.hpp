#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pycore {

/// Linux signals of x86-64 and aarch64: "SIGSEGV", "SIGRTMIN+3", "signal 99".
[[nodiscard]] std::string signal_name(std::int32_t number);

/// `si_code` by its name, which depends on the signal: "SEGV_MAPERR", "SI_TKILL". Empty when the
/// code has none.
[[nodiscard]] std::string_view signal_code_name(std::int32_t number, std::int32_t code) noexcept;

/// `si_code` in words: "address not mapped". Empty when the code has no name.
[[nodiscard]] std::string_view signal_code_meaning(std::int32_t number, std::int32_t code) noexcept;

}  // namespace pycore
