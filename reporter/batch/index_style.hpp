#pragma once

#include <string_view>

namespace pycore {

/// What is in `index_style.css`: the style sheet of `index.html`.
[[nodiscard]] std::string_view index_style() noexcept;

}  // namespace pycore
