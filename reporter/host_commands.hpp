#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "collector/settings.hpp"
#include "options.hpp"

namespace pycore {

/// `--abrt DIR [--refresh]`: the elements of an ABRT problem.
struct AbrtRequest {
    std::string folder;
    bool refresh = false;
    std::string settings_file = default_settings_file;
};

/// `--from-kernel %P %u %g %s %t %d`: the core of a process that the kernel has just ended comes
/// in on standard input.
struct KernelPipeRequest {
    std::uint32_t pid = 0;
    std::uint32_t user = 0;
    std::uint32_t group = 0;
    std::uint32_t signal = 0;
    std::uint64_t time = 0;      ///< seconds since 1970
    std::uint32_t dumpable = 0;  ///< 1: of a process without more rights than its user
    std::string settings_file = default_settings_file;
};

using HostCommand = std::variant<AbrtRequest, KernelPipeRequest, UsageError>;

/// Nothing where the command line has neither of the two as its first word. Other programs write
/// these command lines: what they have is taken as it is, and nothing else is.
[[nodiscard]] std::optional<HostCommand> parse_host_command(int count,
                                                            const char* const* arguments);

}  // namespace pycore
