#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pycore/privacy.hpp"

namespace pycore {

/// What /etc/pycore-report.conf says; pycore-report.conf(5) has the names.
struct CollectorSettings {
    // [Collector]
    std::vector<std::string> allowed_roots{"/usr", "/lib", "/lib64"};
    PrivacyLevel privacy = PrivacyLevel::open;
    std::chrono::seconds time_limit{120};
    std::uint64_t memory = std::uint64_t{1} << 30;
    std::uint64_t max_report_size = std::uint64_t{16} << 20;
    std::uint64_t max_unpacked_size = std::uint64_t{32} << 30;
    std::vector<std::string> formats{"json", "html"};
    std::string user = "pycore-report";
    std::string state_directory = "/var/lib/pycore-report";
    std::uint64_t max_use = std::uint64_t{1} << 30;
    // [Abrt]
    bool abrt_core_backtrace = false;
    // [Kernel]
    bool store_cores = true;
    std::string core_directory = "/var/lib/pycore-report/cores";
    std::uint64_t max_core_size = std::uint64_t{2} << 30;
    std::uint64_t max_core_use = std::uint64_t{4} << 30;
    std::uint64_t keep_free = std::uint64_t{1} << 30;
};

inline constexpr const char* default_settings_file = "/etc/pycore-report.conf";

/// The settings of a file, and what is to be said about it: printable lines. What is not understood
/// stays as it is without a file.
struct ReadSettings {
    CollectorSettings settings;
    std::vector<std::string> warnings;
    std::optional<std::string> error;  ///< why the file was not read; ENOENT is one too
    bool missing = false;              ///< and that there is none is why
};

/// Reads the file if it is a regular one that belongs to root or to this user, and nobody else can
/// write.
[[nodiscard]] ReadSettings read_settings(const std::string& path);

/// The same for the text of one, which warnings call `name`.
[[nodiscard]] ReadSettings parse_settings(const std::string& text, const std::string& name);

}  // namespace pycore
