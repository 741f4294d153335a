#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/fault.hpp"

namespace pycore {

/// How the place of a native frame was found, best first. Each frame speaks for its own step: a
/// frame found by `cfi` above one found by `scan` is no better than that one.
enum class Trust : std::uint8_t {
    context,        ///< registers the kernel saved: of the thread, or of a signal frame
    cfi,            ///< call frame information of the callee
    frame_pointer,  ///< the callee's saved frame pointer
    scan,           ///< looks like a return address, and lies on the stack
    inferred        ///< not described anywhere, but all it needs to be is there
};

/// The name reports use: "frame_pointer".
[[nodiscard]] std::string_view name_of(Trust trust) noexcept;

/// Why the unwinding of a stack ended.
enum class StackStop : std::uint8_t {
    finished,          ///< the outermost frame is marked as such
    limit,             ///< millions of frames, or `Limits::max_time`: the rest is lost
    cycle,             ///< a signal frame came up a second time
    no_caller,         ///< nothing on the stack looks like a return address any more
    memory_unreadable  ///< the stack is not in the core
};

/// The name reports use: "no_caller".
[[nodiscard]] std::string_view name_of(StackStop stop) noexcept;

/// One physical frame of a native stack.
struct NativeFrame {
    Address pc;
    Address sp;                         ///< while this frame was executing
    std::optional<Address> cfa;         ///< `sp` of the caller after the return; absent: unknown
    Trust trust = Trust::context;       ///< of `pc` and `sp`
    bool return_address = false;        ///< `pc` follows a call, and is not the next instruction
    bool executable = true;             ///< false: `pc` lies where no instruction can be
    bool signal_frame = false;          ///< the trampoline below a handler
    std::optional<std::size_t> module;  ///< index in the modules the unwinder was given
    std::optional<Address> function_start;  ///< as call frame information tells; or of a part
    std::optional<Address> ucontext;        ///< of a signal frame: the kernel's `struct ucontext`
    std::optional<Address> signal_info;  ///< of a signal frame: the `siginfo_t` it was called with

    /// An address inside the instruction that was running: what symbols and lines are looked up by.
    [[nodiscard]] Address lookup_address() const noexcept
    {
        return Address{pc.value - (return_address && pc ? 1 : 0)};
    }
};

/// The frames of one thread, innermost first, and why there are no more. Of more than
/// `Limits::max_frames` the innermost and the outermost are kept.
struct NativeStack {
    std::vector<NativeFrame> frames;
    std::size_t omitted = 0;  ///< frames left out, all after the first `omitted_after`
    std::size_t omitted_after = 0;
    StackStop stop = StackStop::finished;
    std::optional<Fault> fault;  ///< what could not be read, when that ended it
};

}  // namespace pycore
