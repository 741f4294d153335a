#include "unwind/signal_frame.hpp"

#include <algorithm>
#include <array>
#include <csignal>

#include "base/try.hpp"
#include "elf/core_notes.hpp"

namespace pycore {
namespace {

constexpr Label context = "ucontext";
constexpr std::int32_t last_signal = 64;

ReadAt reader_of(const Memory& memory)
{
    return [&memory](std::uint64_t at, std::span<std::byte> out, Label label) {
        return memory.read_bytes(Address{at}, out, label);
    };
}

Result<SignalInfo> read_signal_info_at(const Memory& memory, Address at)
{
    constexpr std::uint64_t siginfo_size = 128;
    return read_signal_info(reader_of(memory),
                            Note{.name = {}, .type = 0, .offset = at.value, .size = siginfo_size});
}

Result<Address> read_interrupted_thread_pc(const Memory& memory,
                                           Machine machine,
                                           const NativeFrame& frame)
{
    const std::uint64_t offset = architecture_of(machine).signal.pc;
    return memory.read<Address>(Address{frame.ucontext->value + offset}, context);
}

bool is_signal(const SignalInfo& info)
{
    return info.number >= 1 && info.number <= last_signal;
}

// Numbers of x86-64 exceptions.
constexpr std::uint64_t division = 0;
constexpr std::uint64_t invalid_opcode = 6;
constexpr std::uint64_t general_protection = 13;
constexpr std::uint64_t page_fault = 14;
constexpr std::uint64_t x87_error = 16;
constexpr std::uint64_t simd_error = 19;

/// Faults of memory have an address, which both must agree on.
bool contradicts(const SignalInfo& told, const Trap& trap)
{
    return trap.number == page_fault && told.number == SIGSEGV && told.fault_address &&
           *told.fault_address != trap.address;
}

std::optional<SignalInfo> signal_of(const Trap& trap)
{
    switch (trap.number) {
    case division: return std::nullopt;  // also what is there before any exception
    case invalid_opcode: return SignalInfo{.number = SIGILL, .code = SI_KERNEL};
    case general_protection: return SignalInfo{.number = SIGSEGV, .code = SI_KERNEL};
    case page_fault: {
        const int code = (trap.error & 1) != 0 ? SEGV_ACCERR : SEGV_MAPERR;
        return SignalInfo{.number = SIGSEGV, .code = code, .fault_address = trap.address};
    }
    case x87_error:
    case simd_error: return SignalInfo{.number = SIGFPE, .code = SI_KERNEL};
    default: return std::nullopt;
    }
}

bool follows_system_call(const Memory& memory, Address pc)
{
    constexpr std::array<std::uint8_t, 2> system_call{0x0F, 0x05};
    std::array<std::uint8_t, 2> bytes{};
    return memory.read_bytes(Address{pc.value - bytes.size()},
                             std::as_writable_bytes(std::span(bytes)), "instructions") &&
           bytes == system_call;
}

/// x86-64 saves the segments too, which of a 64-bit process are always the same, and says where
/// right above the frame it put the floating-point state.
bool is_x86_64_context(const Memory& memory, Address ucontext)
{
    constexpr std::uint64_t user_code_segment = 0x33;
    constexpr std::uint64_t user_stack_segment = 0x2B;
    constexpr std::uint64_t farthest_state = 64 << 10;
    const auto segments = memory.read<std::uint64_t>(Address{ucontext.value + 184}, context);
    const auto state = memory.read<std::uint64_t>(Address{ucontext.value + 224}, context);
    // gs and fs between the two are not used; older kernels did not save the last.
    const bool usual = segments && (*segments == user_code_segment ||
                                    *segments == (user_code_segment | user_stack_segment << 48));
    return usual && state && (*state == 0 || *state - ucontext.value < farthest_state);
}

}  // namespace

SignalFrame signal_frame_at(Address sp, const Architecture& architecture) noexcept
{
    return {.ucontext = Address{sp.value + architecture.signal.ucontext},
            .signal_info = Address{sp.value + architecture.signal.signal_info}};
}

bool is_signal_trampoline(const Memory& memory, const Architecture& architecture, Address pc)
{
    std::array<std::uint8_t, 16> bytes{};
    const auto wanted = architecture.signal.trampoline;
    const auto read = std::span(bytes).first(wanted.size());
    return memory.read_bytes(pc, std::as_writable_bytes(read), "signal trampoline") &&
           std::equal(wanted.begin(), wanted.end(), read.begin());
}

bool looks_like_signal_frame(const AddressSpace& memory, Machine machine, Address sp)
{
    const Architecture& architecture = architecture_of(machine);
    const SignalFrame frame = signal_frame_at(sp, architecture);
    // What x86-64 saves is telling enough; elsewhere there is but the `siginfo_t`, which is always
    // written there.
    const auto signal = read_signal_info_at(memory, frame.signal_info);
    const bool fits = machine == Machine::x86_64 ? is_x86_64_context(memory, frame.ucontext)
                                                 : signal && is_signal(*signal);
    if (!fits) {
        return false;
    }
    const auto registers = read_interrupted(memory, architecture, frame.ucontext);
    if (!registers) {
        return false;
    }
    const Segment* const stack =
        memory.find(Address{registers->value(architecture.sp).value_or(0)});
    return stack != nullptr && stack->readable;
}

Result<RegisterValues> read_interrupted(const Memory& memory,
                                        const Architecture& architecture,
                                        Address ucontext)
{
    RegisterValues registers;
    PYCORE_TRY(registers.pc,
               memory.read<Address>(Address{ucontext.value + architecture.signal.pc}, context));
    for (std::size_t column = 0; column < register_columns; ++column) {
        if (const std::uint64_t offset = architecture.signal.registers[column]; offset != 0) {
            PYCORE_TRY(const auto value,
                       memory.read<std::uint64_t>(Address{ucontext.value + offset}, context));
            registers.set(column, value);
        }
    }
    return registers;
}

Result<ThreadRegisters> read_interrupted_thread(const Memory& memory,
                                                Machine machine,
                                                const NativeFrame& frame)
{
    if (!frame.ucontext || !frame.signal_info) {
        return Fault{FaultCode::unsupported, frame.pc.value, context};
    }
    const Architecture& architecture = architecture_of(machine);
    PYCORE_TRY(const auto registers, read_interrupted(memory, architecture, *frame.ucontext));
    ThreadRegisters thread;
    for (std::size_t index = 0; index < architecture.note_order.size(); ++index) {
        thread.general[index] = registers.value(architecture.note_order[index]).value_or(0);
    }
    thread.pc = registers.pc;
    thread.sp = Address{registers.value(architecture.sp).value_or(0)};
    thread.general[architecture.note_pc] = thread.pc.value;
    if (const auto signal = read_handled_signal(memory, machine, frame)) {
        thread.signal = signal->number;
    }
    return thread;
}

Result<Trap> read_trap(const Memory& memory, Machine machine, const NativeFrame& frame)
{
    if (!frame.ucontext || machine != Machine::x86_64) {
        return Fault{FaultCode::unsupported, frame.pc.value, "trap of a signal frame"};
    }
    const auto word = [&](std::uint64_t offset) {
        return memory.read<std::uint64_t>(Address{frame.ucontext->value + offset}, context);
    };
    Trap trap;
    PYCORE_TRY(trap.error, word(192));
    PYCORE_TRY(trap.number, word(200));
    PYCORE_TRY(trap.address.value, word(216));
    return trap;
}

Result<SignalInfo> read_handled_signal(const Memory& memory,
                                       Machine machine,
                                       const NativeFrame& frame)
{
    if (!frame.signal_info) {
        return Fault{FaultCode::unsupported, frame.pc.value, "siginfo_t"};
    }
    const auto trap = read_trap(memory, machine, frame);
    const auto told = read_signal_info_at(memory, *frame.signal_info);
    if (told && is_signal(*told) && !(trap && contradicts(*told, *trap))) {
        return *told;
    }
    const auto pc = read_interrupted_thread_pc(memory, machine, frame);
    const bool sent = pc && follows_system_call(memory, *pc);
    const auto signal = trap && !sent ? signal_of(*trap) : std::nullopt;
    return signal ? Result(*signal)
                  : Fault{FaultCode::not_saved, frame.signal_info->value, "siginfo_t"};
}

}  // namespace pycore
