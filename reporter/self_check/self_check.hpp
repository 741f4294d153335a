#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "format.hpp"
#include "self_check/host.hpp"

namespace pycore {

enum class Verdict : std::uint8_t {
    good,
    note,    ///< nothing would be missing; it may still be wanted
    missing  ///< a crash of Python here would leave no report, or less of one
};

/// One thing that was looked at.
struct Finding {
    Verdict verdict = Verdict::good;
    std::string what;      ///< a sentence without its stop
    std::string advice{};  ///< what to do, a command where there is one
};

using Findings = std::vector<Finding>;

/// A part of the machine. One for each file in `self_check/checks/`, in the order of `place`.
struct SelfCheck {
    int place = 0;
    std::string_view title;
    Findings (*run)(const Host& host) = nullptr;
};

[[nodiscard]] std::span<const SelfCheck* const> all_self_checks();

/// Writes what this host has, what a report would miss, and what to do about it. False when
/// something would be missing.
bool write_self_check(const Host& host, std::ostream& out, const Presentation& how);

/// `--self-check`: the exit status.
int run_self_check();

}  // namespace pycore
