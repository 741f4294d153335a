#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pycore {

/// "2026-11-23T18:57:16.123456Z" of microseconds since 1970; years before 1970 and after 9999 are
/// the nearest that can be written.
[[nodiscard]] std::string utc_microseconds(std::int64_t since_1970);

/// The same with nine digits.
[[nodiscard]] std::string utc_nanoseconds(std::int64_t since_1970);

/// Exactly what the two write, as they were given it; nothing for any other text.
[[nodiscard]] std::optional<std::int64_t> parse_utc_microseconds(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_utc_nanoseconds(std::string_view text);

}  // namespace pycore
