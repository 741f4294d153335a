#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pycore {

/// What a check can know of the machine. Everything is read from files below `root`, none of which
/// is executed; what no file tells is a member, so that tests make hosts up.
struct Host {
    std::filesystem::path root = "/";
    std::vector<std::string> search_path;     ///< folders of programs, as PATH names them
    std::optional<std::uint64_t> core_limit;  ///< soft RLIMIT_CORE; none: unlimited
    std::optional<std::uint64_t> core_limit_hard;
    int landlock = 0;         ///< version of Landlock's interface; 0: the kernel has none
    bool seccomp = false;     ///< filters of system calls can be had
    bool debuginfod = false;  ///< DEBUGINFOD_URLS names servers

    /// This machine, as this process sees it.
    [[nodiscard]] static Host this_machine();

    [[nodiscard]] std::filesystem::path place(const std::string& path) const;
    [[nodiscard]] bool exists(const std::string& path) const;
    /// Without the newline at its end; none where it cannot be read. At most 64 KiB.
    [[nodiscard]] std::optional<std::string> text_of(const std::string& path) const;
    /// Names in a folder, sorted.
    [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const;
};

}  // namespace pycore
