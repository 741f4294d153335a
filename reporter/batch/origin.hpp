#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "batch/find_cores.hpp"

namespace pycore {

/// Where the time of a crash is from, the most trusted first.
enum class TimeSource : std::uint8_t { xattr, file_name, abrt, mtime };

/// "xattr", "file-name", "abrt", "mtime".
[[nodiscard]] std::string_view name_of(TimeSource source) noexcept;

/// What collectors tell of a core besides the core. Not verified: it is text of other programs.
struct CrashOrigin {
    std::int64_t time = 0;  ///< microseconds since 1970
    TimeSource time_source = TimeSource::mtime;
    std::optional<std::string> hostname;  ///< printable
};

/// Of `core`, whose file `descriptor` is.
[[nodiscard]] CrashOrigin origin_of(const FoundCore& core, int descriptor);

}  // namespace pycore
