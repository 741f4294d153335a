#include "unwind/signal_frame.hpp"

#include <algorithm>
#include <array>

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

/// x86-64 saves the code segment too, which of a 64-bit process is always the same, and says
/// where right above the frame it put the floating-point state.
bool is_x86_64_context(const Memory& memory, Address ucontext)
{
    constexpr std::uint16_t user_code_segment = 0x33;
    constexpr std::uint64_t farthest_state = 64 << 10;
    const auto segment = memory.read<std::uint16_t>(Address{ucontext.value + 184}, context);
    const auto state = memory.read<std::uint64_t>(Address{ucontext.value + 224}, context);
    return segment && state && *segment == user_code_segment &&
           (*state == 0 || *state - ucontext.value < farthest_state);
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
    const auto signal = read_signal_info_at(memory, frame.signal_info);
    if (!signal || signal->number < 1 || signal->number > last_signal ||
        (machine == Machine::x86_64 && !is_x86_64_context(memory, frame.ucontext))) {
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
    if (const auto signal = read_handled_signal(memory, frame)) {
        thread.signal = signal->number;
    }
    return thread;
}

Result<SignalInfo> read_handled_signal(const Memory& memory, const NativeFrame& frame)
{
    if (!frame.signal_info) {
        return Fault{FaultCode::unsupported, frame.pc.value, "siginfo_t"};
    }
    return read_signal_info_at(memory, *frame.signal_info);
}

}  // namespace pycore
