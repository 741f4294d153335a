#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pycore {

/// `name` without .zst, .lz4, .xz or .gz.
[[nodiscard]] std::string_view without_packing(std::string_view name) noexcept;

/// The time of the crash, in microseconds since 1970, of a file that systemd-coredump named:
/// core.COMMAND.UID.BOOTID.PID.TIME, with or without the end of its compression. Nothing for any
/// other name.
[[nodiscard]] std::optional<std::int64_t> time_in_systemd_name(std::string_view name);

/// A time as systemd and ABRT write it: seconds, or microseconds. In microseconds.
[[nodiscard]] std::optional<std::int64_t> parse_crash_time(std::string_view digits);

/// What the reports of a core of that name start with: printable, no dot file, of at most 160
/// bytes.
[[nodiscard]] std::string report_stem(std::string_view core_name);

/// "core.7" and "json": "core.7.pycore.json".
[[nodiscard]] std::string report_name(std::string_view stem, std::string_view suffix);

/// Whether a report may have this name: one that `report_name` could have made. Nothing else that
/// an index names is ever looked at.
[[nodiscard]] bool is_report_name(std::string_view name);

/// 16 hex digits that only depend on `text`.
[[nodiscard]] std::string stable_hash(std::string_view text);

}  // namespace pycore
