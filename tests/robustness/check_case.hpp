#pragma once

#include <cstdint>
#include <string>

namespace pycore::robustness {

enum class Outcome : std::uint8_t { ok, partial, error, refused, wrong };

/// What became of one core, and in words why that is wrong.
struct Verdict {
    Outcome outcome = Outcome::wrong;
    std::string complaint;
};

/// The complete analysis of the core at `path`, written as JSON and read back. Right is
/// a report, or one clear fault; a report about a cut core has to say that something is missing.
[[nodiscard]] Verdict check_case(const std::string& path, bool cut);

}  // namespace pycore::robustness
