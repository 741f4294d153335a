#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/budget.hpp"
#include "memory/module.hpp"
#include "pycore/address_space.hpp"
#include "pycore/limits.hpp"
#include "pycore/privacy.hpp"
#include "pycore/snapshot.hpp"
#include "python/layout.hpp"

namespace pycore {

/// A thread state that a thread runs.
struct OwnThreadState {
    Address at;                   ///< `PyThreadState`
    std::size_t interpreter = 0;  ///< index in `WaitInput::interpreters`
};

/// What a thread has beside what reports show of it.
struct ThreadContext {
    /// Of what the thread was doing: those that the outermost signal interrupted, where it is in a
    /// signal handler. Absent for a thread state without a thread.
    std::optional<ThreadRegisters> registers;
    /// They are from a signal frame: the number of the system call is lost. In `Thread::stack` all
    /// frames up to the last signal frame are the handler's.
    bool interrupted = false;
    std::vector<OwnThreadState> states;  ///< the innermost first
};

/// What waits are read from. All outlive the reading.
struct WaitInput {
    const AddressSpace& memory;
    Machine machine = Machine::x86_64;
    std::span<const Module> modules;          ///< `NativePlace::module` is an index in these
    std::span<const Thread> threads;          ///< with their stacks
    std::span<const ThreadContext> contexts;  ///< of each of `threads`
    std::span<const Interpreter> interpreters;
    std::span<const std::shared_ptr<const Layout>> layouts;  ///< of each of `interpreters`
    PrivacyLevel privacy = PrivacyLevel::local;
    const Limits& limits;
    Budget& budget;
};

}  // namespace pycore
