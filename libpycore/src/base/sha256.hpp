#pragma once

#include <string>
#include <string_view>

namespace pycore {

/// SHA-256 of FIPS 180-4, as 64 lower-case hex digits: a name for `text`. Nothing secret may depend
/// on it: it does not hide how long it takes.
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace pycore
