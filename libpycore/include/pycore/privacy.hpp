#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pycore {

/// Who may read a report.
enum class PrivacyLevel : std::uint8_t {
    local,  ///< whoever may read the core: secrets are taken out, the rest stays
    open    ///< anybody: besides, no variables, no messages of exceptions, no values of the
            ///< environment. The command line and the format call it "public".
};

/// "local", "public".
[[nodiscard]] std::string_view name_of(PrivacyLevel level) noexcept;

/// How often something was taken out of one part of the report.
struct Redaction {
    std::string where;   ///< "variables", "command-line", "environment", "exceptions", ...
    std::string reason;  ///< "secret-name", "secret-shape", "known-secret", "pattern", "public"
    std::uint64_t count = 0;
};

/// What was kept from the reader.
struct PrivacyDescription {
    PrivacyLevel level = PrivacyLevel::local;
    std::vector<Redaction> redactions;
};

}  // namespace pycore
