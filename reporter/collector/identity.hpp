#pragma once

#include <optional>
#include <string>

#include "sandbox/sandbox.hpp"

namespace pycore {

/// Whom the sandbox becomes where this process is root, else nothing: that user of /etc/passwd, or
/// nobody where it is not there or is root itself; `fallback` is set then.
[[nodiscard]] std::optional<SandboxIdentity> sandbox_identity(const std::string& user,
                                                              bool& fallback);

}  // namespace pycore
