#pragma once

#include <optional>
#include <span>
#include <vector>

#include "pycore/wait.hpp"
#include "waits/native_wait.hpp"
#include "waits/object_names.hpp"
#include "waits/python_objects.hpp"
#include "waits/resource_table.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// What is known before the owners are.
struct WaitsSoFar {
    std::span<const NativeState> native;         ///< of each thread
    std::span<const std::optional<Wait>> waits;  ///< of each thread
    std::span<const std::optional<Gil>> gils;    ///< of each interpreter
};

/// Fills `owners` of every resource in `table`, and adds the locks that threads hold although
/// nobody waits for them.
void find_owners(const WaitInput& input,
                 InterpreterObjects& objects,
                 ObjectNames& names,
                 const WaitsSoFar& known,
                 ResourceTable& table);

}  // namespace pycore
