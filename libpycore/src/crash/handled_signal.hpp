#pragma once

#include <optional>

#include "pycore/address_space.hpp"
#include "pycore/core_file.hpp"
#include "pycore/native_frame.hpp"

namespace pycore {

/// What a handler was called for that then raised a signal again, or died itself.
struct HandledSignal {
    SignalInfo signal;
    ThreadRegisters registers;  ///< that the signal interrupted
};

/// The outermost signal frame of `stack`, the stack of the thread that `core` says took the last
/// signal, whose signal ends a process with a core by default. A handler of another signal (an
/// alarm, say) is where its thread was running, and no story of its own.
std::optional<HandledSignal> find_handled_signal(const CoreFile& core,
                                                 const AddressSpace& memory,
                                                 const NativeStack& stack);

}  // namespace pycore
