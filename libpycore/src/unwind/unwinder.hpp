#pragma once

#include <optional>
#include <span>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/address_space.hpp"
#include "pycore/core_file.hpp"
#include "pycore/limits.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/cfi_index.hpp"
#include "unwind/registers.hpp"

namespace pycore {

/// Unwinds the native stacks of a process from what `memory` and `modules` hold, and opens nothing
/// itself: call frame information is read from the process's pages, be they the core's or a file's.
class Unwinder {
public:
    /// `memory` and `modules` (in the order of addresses) outlive this object.
    /// Code whose call frame information is in no page of the process is looked up in
    /// `debug_files`, which may be empty.
    Unwinder(Machine machine,
             const AddressSpace& memory,
             std::span<const Module> modules,
             DebugFiles debug_files = {});

    /// The stack of one thread. Never empty: the innermost frame is what the registers say. Of a
    /// stack with more than `max_frames` the innermost and the outermost are kept.
    NativeStack unwind(const ThreadRegisters& thread, const Limits& limits, Deadline& deadline);

    /// The registers that `frame`, which `unwind` found on that stack, executes with. Those that
    /// the frames it called did not keep are unknown.
    std::optional<RegisterValues> registers_of_frame(const ThreadRegisters& thread,
                                                     const NativeFrame& frame,
                                                     Deadline& deadline);

    [[nodiscard]] Machine machine() const noexcept { return machine_; }

private:
    Machine machine_;
    const AddressSpace& memory_;
    std::span<const Module> modules_;
    CfiIndex cfi_;
};

}  // namespace pycore
