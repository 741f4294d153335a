#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "pycore/wait.hpp"
#include "waits/native_wait.hpp"
#include "waits/system_call.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// What is known of a thread before its activity is.
struct ActivityScene {
    std::size_t thread = 0;
    std::span<const StackFrame> frames;           ///< as `running_frames` returned them
    std::span<const std::string_view> functions;  ///< as `native_functions` returned them
    const std::optional<KernelCall>& call;
    const std::optional<SystemCall>& described;
    const NativeWait& wait;
    std::optional<GilState> gil;
};

/// Of a thread with registers. See `NativeState::activity` for what goes before what. `unknown`
/// where it runs in CPython, whose file is not here.
Activity find_activity(const WaitInput& input, const ActivityScene& scene);

/// Nothing for a thread without thread states, or whose interpreters have no GIL.
std::optional<GilState> find_gil_state(const WaitInput& input,
                                       std::span<const std::optional<Gil>> gils,
                                       std::size_t thread,
                                       const NativeWait& wait);

}  // namespace pycore
