#pragma once

#include <vector>

#include "analysis/module_roles.hpp"
#include "pycore/signature.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Where the threads of one circle wait, in its order: "bank.move < bank.main", a function and who
/// called it. It starts with the smallest rotation, and as many threads in the same places count
/// once, so that neither ids nor the number of threads matter.
[[nodiscard]] std::vector<SignatureComponent> deadlock_tokens(const Snapshot& snapshot,
                                                              const ModuleRoles& roles,
                                                              const Deadlock& deadlock);

}  // namespace pycore
