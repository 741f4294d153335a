#pragma once

#include <string>
#include <string_view>

#include "host_commands.hpp"

namespace pycore {

/// core.COMMAND.UID.BOOT.PID.TIME, as systemd-coredump names it. The command is of the core and may
/// be anything: of it there are at most 15 bytes, and none is a slash, a dot or a blank.
[[nodiscard]] std::string stored_core_name(std::string_view command,
                                           std::string_view boot_id,
                                           const KernelPipeRequest& request);

}  // namespace pycore
