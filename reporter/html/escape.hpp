#pragma once

#include <string>
#include <string_view>

namespace pycore {

/// Text from the core as text of a web page, inside of an element: printable, and without a
/// character that HTML gives a meaning. Never to be put into an attribute, an address or a style.
[[nodiscard]] std::string html_text(std::string_view from_core);

}  // namespace pycore
