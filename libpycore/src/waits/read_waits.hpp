#pragma once

#include <optional>
#include <vector>

#include "pycore/snapshot.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// What one thread does and waits for.
struct ThreadWait {
    Activity activity = Activity::unknown;
    std::optional<SystemCall> system_call;
    std::optional<GilState> gil;
    std::optional<Wait> wait;
    std::optional<Loop> loop;  ///< of a thread that runs
};

struct ProcessWaits {
    std::vector<ThreadWait> threads;       ///< of each of `WaitInput::threads`
    std::vector<Resource> resources;       ///< with their owners
    std::vector<std::optional<Gil>> gils;  ///< of each of `WaitInput::interpreters`
};

/// What every thread waits for, and who has it. What cannot be read is missing.
ProcessWaits read_waits(const WaitInput& input);

}  // namespace pycore
