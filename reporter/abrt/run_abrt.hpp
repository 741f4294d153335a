#pragma once

#include "host_commands.hpp"

namespace pycore {

/// Reads the core of an ABRT problem in the sandbox and adds the elements `python_backtrace`,
/// `pycore_report` and `pycore_signature`. One line says on standard output what came of it. The
/// status is that of success whatever the core is: ABRT deletes a problem whose event fails.
[[nodiscard]] int run_abrt(const AbrtRequest& request);

}  // namespace pycore
