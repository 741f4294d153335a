#pragma once

#include <sys/types.h>

#include <vector>

#include "sandbox/sandbox.hpp"

namespace pycore {

/// What became of it.
enum class Lockdown : std::uint8_t { failed, without_landlock, complete };

/// Locks this process, a child of `parent`, in for good: see `SandboxRules`. Of its descriptors it
/// keeps `kept`, and its standard streams lead nowhere.
[[nodiscard]] Lockdown lock_down(const SandboxRules& rules, std::vector<int> kept, pid_t parent);

/// Gives up every capability, for good unless this process is root.
bool give_up_capabilities();

}  // namespace pycore
