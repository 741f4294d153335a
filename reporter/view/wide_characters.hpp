#pragma once

namespace pycore {

/// Whether a terminal shows the character in two columns, as of East Asian scripts.
[[nodiscard]] bool is_wide(char32_t character) noexcept;

}  // namespace pycore
