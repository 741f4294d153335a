#include <algorithm>

#include "waits/futex.hpp"
#include "waits/native_functions.hpp"
#include "waits/system_call.hpp"

namespace pycore {
namespace {

// Places in `ThreadRegisters::general`.
constexpr std::size_t rax = 10;
constexpr std::size_t rcx = 11;
constexpr std::size_t orig_rax = 15;
constexpr std::array<std::size_t, 6> argument_registers{14, 13, 12, 7, 9, 8};

// More than any kernel has.
constexpr std::uint64_t most_calls = 1024;

/// What a system call is left with that a signal woke: EINTR, or the kernel's own codes for one
/// that may be started again. Any other result is final.
bool is_interrupted(std::uint64_t result)
{
    const auto error = -static_cast<std::int64_t>(result);
    return error == 4 || error == 512 || error == 513 || error == 514 || error == 516;
}

/// A write that had to wait in the middle of its bytes is left with how many it wrote.
bool is_part_written(const KernelCall& call, std::uint64_t result)
{
    constexpr std::uint32_t write = 1;
    constexpr std::uint32_t sendto = 44;
    const bool writes = call.number == write || call.number == sendto;
    return writes && result != 0 && result < call.arguments[2];
}

/// The number that the instructions before the `syscall` load: `mov eax, NUMBER`, or for 0
/// `xor eax, eax`.
std::optional<std::uint32_t> number_in_code(const Memory& memory, Address pc)
{
    constexpr std::uint64_t size = 7;
    std::array<std::uint8_t, size> code{};
    if (pc.value < size ||
        !memory.read_bytes(Address{pc.value - size}, std::as_writable_bytes(std::span(code)),
                           "system call") ||
        code[5] != 0x0F || code[6] != 0x05) {
        return std::nullopt;
    }
    if (code[0] == 0xB8) {
        const std::uint32_t number =
            std::uint32_t{code[1]} | std::uint32_t{code[2]} << 8U | std::uint32_t{code[3]} << 16U;
        return number < most_calls && code[4] == 0 ? std::optional(number) : std::nullopt;
    }
    return code[3] == 0x31 && code[4] == 0xC0 ? std::optional(0U) : std::nullopt;
}

bool is_futex_wait(const Memory& memory, const KernelCall& call)
{
    const Address word{call.arguments[0]};
    return word && word.value % 4 == 0 && FutexOperation(call.arguments[1]).waits() &&
           memory.read<std::uint32_t>(word, "futex");
}

/// `clock_nanosleep`, which `time.sleep` calls: a clock, flags 0 or 1, and a time.
bool is_sleep(const Memory& memory, const KernelCall& call)
{
    constexpr std::uint64_t clocks = 12;
    constexpr std::uint64_t nanoseconds = 1'000'000'000;
    const auto time = memory.read<std::array<std::uint64_t, 2>>(Address{call.arguments[2]}, "time");
    return call.arguments[0] < clocks && call.arguments[1] <= 1 && time &&
           (*time)[0] < UINT64_MAX / 2 && (*time)[1] < nanoseconds;
}

/// For a call whose number the kernel did not leave behind.
void recover_number(const Memory& memory,
                    Address pc,
                    std::span<const std::string_view> functions,
                    KernelCall& call)
{
    call.number = number_in_code(memory, pc);
    if (call.number) {
        return;
    }
    call.certain = false;
    if (is_futex_wait(memory, call)) {
        call.number = call::futex;
    } else if (const auto number = find_system_call_of(functions)) {
        call.number = number;
    } else if (is_sleep(memory, call)) {
        call.number = call::clock_nanosleep;
    }
}

}  // namespace

std::optional<KernelCall> find_kernel_call(const Memory& memory,
                                           const ThreadRegisters& registers,
                                           bool interrupted,
                                           std::span<const std::string_view> functions)
{
    const auto& general = registers.general;
    KernelCall call;
    std::ranges::transform(argument_registers, call.arguments.begin(),
                           [&](std::size_t index) { return general[index]; });
    const std::uint64_t pc = registers.pc.value;
    if (!interrupted) {
        if (general[orig_rax] >= most_calls) {
            return std::nullopt;
        }
        call.number = static_cast<std::uint32_t>(general[orig_rax]);
        call.ended = !is_interrupted(general[rax]) && !is_part_written(call, general[rax]);
        if (call.number == call::restart) {
            recover_number(memory, registers.pc, functions, call);
        }
        return call;
    }
    // `syscall` leaves the address after itself in rcx. Who is to make the call again once the
    // handler is done stands at the instruction, with the number.
    if (general[rcx] == pc + 2 && general[rax] < most_calls) {
        call.number = static_cast<std::uint32_t>(general[rax]);
        return call;
    }
    if (general[rcx] != pc || !is_interrupted(general[rax])) {
        return std::nullopt;
    }
    recover_number(memory, registers.pc, functions, call);
    return call;
}

}  // namespace pycore
