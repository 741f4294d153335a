#pragma once

#include <string_view>

namespace pycore::html {

/// What is in `style.css`.
[[nodiscard]] std::string_view style_sheet() noexcept;

}  // namespace pycore::html
