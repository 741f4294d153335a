#pragma once

#include <string_view>

namespace pycore {

/// What follows the last slash: "libz.so.1" of "/usr/lib/libz.so.1".
[[nodiscard]] constexpr std::string_view file_name(std::string_view path) noexcept
{
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace pycore
