#pragma once

namespace pycore {

/// Takes from this process, for good, every right to files, network and other processes that the
/// kernel's Landlock knows. False where there is no Landlock. No new privileges must be set by
/// then.
[[nodiscard]] bool give_up_all_rights() noexcept;

/// Whether this kernel has Landlock, and lets us use it.
[[nodiscard]] bool has_landlock() noexcept;

}  // namespace pycore
