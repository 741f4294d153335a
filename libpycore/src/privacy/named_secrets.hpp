#pragma once

#include <string_view>
#include <vector>

#include "privacy/secret_shapes.hpp"

namespace pycore {

/// Adds the values that stand in `text` right after a secret's name: `password=...`,
/// `"token": "..."`, `--api-key=...`, `Order(secret='...')`. None, True and False are none.
void find_named_secrets(std::string_view text, std::vector<TextSpan>& spans);

}  // namespace pycore
