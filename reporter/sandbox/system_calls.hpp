#pragma once

namespace pycore {

/// From now on this process may only ask the kernel for memory, time, and to read and write what is
/// open already. To open something is refused; anything else is its end, by SIGSYS. False where
/// that cannot be had.
[[nodiscard]] bool limit_system_calls() noexcept;

}  // namespace pycore
