#pragma once

#include <string_view>

namespace pycore {

/// Whether a value of that name is a secret by its sound: "password", "API_KEY", "auth_token". What
/// only begins like one is not: "author".
[[nodiscard]] bool is_secret_name(std::string_view name) noexcept;

}  // namespace pycore
