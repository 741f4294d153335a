#pragma once

#include <span>
#include <string_view>

#include "waits/native_index.hpp"
#include "waits/native_wait.hpp"
#include "waits/system_call.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// A thread in `futex`, and what is around it.
struct FutexScene {
    const KernelCall& call;
    const SystemCall& described;
    const ThreadRegisters& registers;
    std::span<const StackFrame> frames;           ///< as `running_frames` returned them
    std::span<const std::string_view> functions;  ///< as `native_functions` returned them
};

/// What the word that it sleeps on belongs to.
NativeWait read_futex_wait(const WaitInput& input,
                           const NativeIndex& index,
                           const FutexScene& scene);

}  // namespace pycore
