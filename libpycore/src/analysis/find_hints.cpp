#include <algorithm>
#include <tuple>

#include "analysis/check.hpp"

namespace pycore {

std::string_view name_of(Severity severity) noexcept
{
    switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
    }
    return "info";
}

std::string_view name_of(Confidence confidence) noexcept
{
    switch (confidence) {
    case Confidence::low: return "low";
    case Confidence::medium: return "medium";
    case Confidence::high: return "high";
    }
    return "low";
}

std::vector<Hint> find_hints(const Findings& findings)
{
    std::vector<Hint> hints;
    for (const Check* check : all_checks()) {
        check->run(findings, hints);
    }
    std::ranges::stable_sort(hints, [](const Hint& a, const Hint& b) {
        return std::tuple(a.severity, a.confidence) > std::tuple(b.severity, b.confidence);
    });
    return hints;
}

}  // namespace pycore
