#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pycore {

/// How bad it is if it is so.
enum class Severity : std::uint8_t { info, warning, error };
/// How sure it is that it is so.
enum class Confidence : std::uint8_t { low, medium, high };

/// "info", "warning", "error"; "low", "medium", "high".
[[nodiscard]] std::string_view name_of(Severity severity) noexcept;
[[nodiscard]] std::string_view name_of(Confidence confidence) noexcept;

/// Something in the process that a person should know, found by one check.
struct Hint {
    std::string id;  ///< of the check, kebab-case, stable: "corrupt-objects"
    Severity severity = Severity::info;
    Confidence confidence = Confidence::low;
    std::string title;
    std::string detail;                 ///< what it means and what to do next
    std::vector<std::int32_t> threads;  ///< kernel tids
    std::vector<std::string> evidence;  ///< one line each
};

}  // namespace pycore
