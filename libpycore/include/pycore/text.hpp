#pragma once

#include <string>
#include <string_view>

namespace pycore {

/// Valid UTF-8: each byte that is not part of a character becomes visible text, `\xNN`.
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);

/// Valid UTF-8 that is safe to show on a terminal or in a web page: as `to_valid_utf8`, and every
/// character that controls, reorders or hides text is written out too (`\n`, `\x1b`, `\u202e`).
[[nodiscard]] std::string to_printable(std::string_view bytes);

/// Whether `to_printable` would return `bytes` unchanged.
[[nodiscard]] bool is_printable(std::string_view bytes) noexcept;

}  // namespace pycore
