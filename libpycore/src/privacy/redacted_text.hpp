#pragma once

#include <string_view>

namespace pycore {

/// What stands for a secret, whatever its length.
inline constexpr std::string_view redacted_text = "<redacted>";

}  // namespace pycore
