#include "unwind/unwinder.hpp"

#include <algorithm>
#include <set>

#include "unwind/call_site.hpp"
#include "unwind/cfi_step.hpp"
#include "unwind/frame_keeper.hpp"
#include "unwind/signal_frame.hpp"
#include "unwind/stack_scan.hpp"

namespace pycore {
namespace {

// Words that were not checked against instructions are mostly what earlier calls left behind.
constexpr std::size_t most_unchecked = 32;
// 64 MiB of the smallest frames.
constexpr std::size_t most_frames_walked = std::size_t{4} << 20;

struct NextFrame {
    RegisterValues registers;
    Trust trust = Trust::cfi;
    bool return_address = true;
};

/// One stack, from the innermost frame out.
class StackWalk {
public:
    StackWalk(Machine machine,
              const AddressSpace& memory,
              std::span<const Module> modules,
              CfiIndex& cfi,
              const RegisterValues& registers)
        : machine_(machine),
          architecture_(architecture_of(machine)),
          memory_(memory),
          modules_(modules),
          code_{memory, modules},
          cfi_(cfi),
          registers_(registers)
    {
    }

    NativeStack run(std::size_t max_frames, Deadline& deadline)
    {
        NextFrame next{.registers = registers_, .trust = Trust::context, .return_address = false};
        FrameKeeper keeper(stack_, max_frames);
        stack_.stop = StackStop::limit;
        for (std::size_t count = 0; count < most_frames_walked; ++count) {
            if (count > 0 && deadline.passed()) {
                break;
            }
            NativeFrame frame = describe(next);
            registers_ = next.registers;
            const auto caller = find_caller(frame);
            keeper.add(frame);
            if (!caller) {
                break;
            }
            next = *caller;
        }
        keeper.finish();
        return std::move(stack_);
    }

    /// The registers of the frame at `sp` and `pc`, if the walk comes by it.
    std::optional<RegisterValues> run_to(Address sp, Address pc, Deadline& deadline)
    {
        NextFrame next{.registers = registers_, .trust = Trust::context, .return_address = false};
        for (std::size_t count = 0; count < most_frames_walked && !deadline.passed(); ++count) {
            NativeFrame frame = describe(next);
            registers_ = next.registers;
            if (frame.sp == sp && frame.pc == pc) {
                return registers_;
            }
            const auto caller = find_caller(frame);
            if (!caller) {
                break;
            }
            // Later steps ask only whether there was a frame before.
            stack_.frames.assign(1, frame);
            next = *caller;
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] Address sp() const
    {
        return Address{registers_.value(architecture_.sp).value_or(0)};
    }

    [[nodiscard]] NativeFrame describe(const NextFrame& next) const
    {
        NativeFrame frame;
        frame.pc = next.registers.pc;
        frame.sp = Address{next.registers.value(architecture_.sp).value_or(0)};
        frame.trust = next.trust;
        frame.return_address = next.return_address;
        frame.executable = code_.contains(frame.pc);
        frame.module = find_module(modules_, frame.lookup_address());
        return frame;
    }

    std::optional<NextFrame> stop(StackStop reason, std::optional<Fault> fault = std::nullopt)
    {
        stack_.stop = reason;
        stack_.fault = fault;
        return std::nullopt;
    }

    std::optional<NextFrame> find_caller(NativeFrame& frame)
    {
        if (!frame.executable) {
            return return_from_bad_pc(frame);
        }
        const auto row = find_row(frame);
        if (row) {
            frame.function_start = Address{row->entry.start};
        }
        if (row && row->entry.common->signal_frame) {
            frame.return_address = false;
            return return_from_signal(frame, row.get());
        }
        if (is_trampoline(frame)) {
            frame.return_address = false;
            return return_from_signal(frame, nullptr);
        }
        if (row) {
            const auto caller = step_by_cfi(*row, memory_, architecture_, registers_);
            if (caller && caller->outermost) {
                return stop(StackStop::finished);
            }
            if (caller && has_progressed(*caller)) {
                frame.cfa = caller->cfa;
                if (code_.contains(caller->registers.pc)) {
                    return NextFrame{.registers = caller->registers};
                }
                return guess(frame, caller->cfa);
            }
        }
        return guess(frame, frame.sp);
    }

    std::shared_ptr<const UnwindRow> find_row(const NativeFrame& frame)
    {
        return frame.module ? cfi_.find(frame.lookup_address(), *frame.module) : nullptr;
    }

    [[nodiscard]] bool is_trampoline(const NativeFrame& frame) const
    {
        if (scanned_signal_frame_ == frame.sp) {
            return true;
        }
        // Handlers return to its first instruction; that it follows a call would be an accident.
        return frame.return_address && is_signal_trampoline(memory_, architecture_, frame.pc);
    }

    [[nodiscard]] bool has_progressed(const Caller& caller) const
    {
        // Where calls do not push, a leaf function may leave sp alone: once, at the innermost end.
        const bool leaf = architecture_.link && stack_.frames.empty();
        return caller.cfa > sp() || (leaf && caller.cfa == sp());
    }

    std::optional<NextFrame> return_from_signal(NativeFrame& frame, const UnwindRow* row)
    {
        const SignalFrame signal = signal_frame_at(frame.sp, architecture_);
        frame.signal_frame = true;
        frame.ucontext = signal.ucontext;
        frame.signal_info = signal.signal_info;
        if (!signal_frames_.insert(signal.ucontext).second) {
            return stop(StackStop::cycle);
        }
        if (row != nullptr) {
            if (auto caller = step_by_cfi(*row, memory_, architecture_, registers_)) {
                frame.cfa = caller->cfa;
                return context_of(caller->registers);
            }
        }
        const auto interrupted = read_interrupted(memory_, architecture_, signal.ucontext);
        return interrupted ? context_of(*interrupted)
                           : stop(StackStop::memory_unreadable, interrupted.fault());
    }

    static NextFrame context_of(const RegisterValues& registers)
    {
        return {.registers = registers, .trust = Trust::context, .return_address = false};
    }

    /// A call through a bad pointer has pushed its return address, or left it in the link register,
    /// and nothing else has happened since.
    std::optional<NextFrame> return_from_bad_pc(NativeFrame& frame)
    {
        NextFrame next{.registers = registers_, .trust = Trust::inferred};
        if (architecture_.link) {
            next.registers.pc = Address{registers_.value(*architecture_.link).value_or(0) &
                                        architecture_.return_address_mask};
        } else {
            const auto pushed = memory_.read<Address>(frame.sp, "return address");
            next.registers.pc = pushed.value_or(Address{});
            next.registers.set(architecture_.sp, frame.sp.value + sizeof(std::uint64_t));
        }
        const bool called = !frame.return_address && code_.contains(next.registers.pc) &&
                            follows_call(memory_, machine_, next.registers.pc) != CallSite::no;
        if (!called) {
            return guess(frame, frame.sp);
        }
        frame.cfa = Address{next.registers.value(architecture_.sp).value_or(0)};
        return next;
    }

    /// Without call frame information that helps: the caller is at `start` or above.
    std::optional<NextFrame> guess(NativeFrame& frame, Address start)
    {
        const bool unchecked = unchecked_ < most_unchecked;
        const auto frame_pointer = registers_.value(architecture_.frame_pointer);
        if (const auto caller =
                follow_frame_pointer(code_, machine_, start, frame_pointer, unchecked)) {
            return caller_of(frame, *caller, Trust::frame_pointer);
        }
        if (const auto caller = scan_for_caller(code_, machine_, start, unchecked)) {
            return caller_of(frame, *caller, Trust::scan);
        }
        const Segment* const stack = memory_.find(start);
        if (stack == nullptr || !stack->file) {
            return stop(StackStop::memory_unreadable,
                        Fault{stack == nullptr ? FaultCode::unmapped : FaultCode::not_saved,
                              start.value, "stack"});
        }
        return stop(StackStop::no_caller);
    }

    NextFrame caller_of(NativeFrame& frame, const ScannedCaller& caller, Trust trust)
    {
        const Address above{caller.slot.value + sizeof(std::uint64_t)};
        NextFrame next{.registers = {}, .trust = trust};
        next.registers.pc = caller.pc;
        next.registers.set(architecture_.sp, above.value);
        next.registers.set(architecture_.frame_pointer, caller.frame_pointer);
        unchecked_ += std::size_t{!caller.checked && !caller.signal_frame};
        if (caller.signal_frame) {
            scanned_signal_frame_ = above;
        }
        frame.cfa = above;
        return next;
    }

    Machine machine_;
    const Architecture& architecture_;
    const AddressSpace& memory_;
    std::span<const Module> modules_;
    CodeMap code_;
    CfiIndex& cfi_;
    RegisterValues registers_;
    NativeStack stack_;
    std::set<Address> signal_frames_;
    std::optional<Address> scanned_signal_frame_;
    std::size_t unchecked_ = 0;
};

}  // namespace

Unwinder::Unwinder(Machine machine,
                   const AddressSpace& memory,
                   std::span<const Module> modules,
                   DebugFiles debug_files)
    : machine_(machine),
      memory_(memory),
      modules_(modules),
      cfi_(memory, modules, std::move(debug_files))
{
}

NativeStack Unwinder::unwind(const ThreadRegisters& thread,
                             const Limits& limits,
                             Deadline& deadline)
{
    const RegisterValues registers = registers_of(thread, architecture_of(machine_));
    return StackWalk(machine_, memory_, modules_, cfi_, registers).run(limits.max_frames, deadline);
}

std::optional<RegisterValues> Unwinder::registers_of_frame(const ThreadRegisters& thread,
                                                           const NativeFrame& frame,
                                                           Deadline& deadline)
{
    const RegisterValues registers = registers_of(thread, architecture_of(machine_));
    return StackWalk(machine_, memory_, modules_, cfi_, registers)
        .run_to(frame.sp, frame.pc, deadline);
}

}  // namespace pycore
