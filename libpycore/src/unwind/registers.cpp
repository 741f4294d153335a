#include "unwind/registers.hpp"

namespace pycore {
namespace {

constexpr std::uint64_t bits(std::initializer_list<unsigned> columns)
{
    std::uint64_t mask = 0;
    for (const unsigned column : columns) {
        mask |= std::uint64_t{1} << column;
    }
    return mask;
}

// x86-64: rax rdx rcx rbx rsi rdi rbp rsp r8-r15 are columns 0 to 15, the return address is 16.
// `user_regs_struct`: r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip ...
constexpr std::array<std::uint8_t, 20> x86_64_note{
    15, 14, 13, 12, 6, 3,         11,        10,        9,         8,
    0,  2,  1,  4,  5, no_column, no_column, no_column, no_column, 7};

// mov $15, %rax; syscall: `__restore_rt`, which gdb knows by the same bytes.
constexpr std::array<std::uint8_t, 9> x86_64_trampoline{0x48, 0xC7, 0xC0, 0x0F, 0, 0, 0, 0x0F, 5};

// `struct rt_sigframe`: the return address, which is gone by then, `ucontext`, `siginfo_t`.
constexpr Architecture x86_64{
    .sp = 7,
    .frame_pointer = 6,
    .link = std::nullopt,
    .kept_by_callees = bits({3, 6, 12, 13, 14, 15}),
    .return_address_mask = UINT64_MAX,
    .note_order = x86_64_note,
    .note_pc = 16,
    .signal =
        {
            .ucontext = 0,
            .signal_info = 304,
            .registers = {144, 136, 152, 128, 112, 104, 120, 160, 40, 48, 56, 64, 72, 80, 88, 96},
            .pc = 168,
            .trampoline = x86_64_trampoline,
        },
};

constexpr std::array<std::uint8_t, 32> aarch64_note{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                                    11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                                    22, 23, 24, 25, 26, 27, 28, 29, 30, 31};

// mov x8, #139; svc #0: in the vdso.
constexpr std::array<std::uint8_t, 8> aarch64_trampoline{0x68, 0x11, 0x80, 0xD2, 1, 0, 0, 0xD4};

constexpr std::array<std::uint16_t, register_columns> aarch64_context()
{
    std::array<std::uint16_t, register_columns> offsets{};
    for (std::uint16_t column = 0; column < 32; ++column) {
        offsets[column] = static_cast<std::uint16_t>(184 + 8 * column);
    }
    return offsets;
}

// `struct rt_sigframe`: `siginfo_t`, then `ucontext`.
constexpr Architecture aarch64{
    .sp = 31,
    .frame_pointer = 29,
    .link = 30,
    .kept_by_callees = bits({19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}),
    // User addresses have 48 bits unless a program asks for more; above are PAC and tag bits.
    .return_address_mask = 0x0000'FFFF'FFFF'FFFF,
    .note_order = aarch64_note,
    .note_pc = 32,
    .signal =
        {
            .ucontext = 128,
            .signal_info = 0,
            .registers = aarch64_context(),
            .pc = 440,
            .trampoline = aarch64_trampoline,
        },
};

}  // namespace

const Architecture& architecture_of(Machine machine) noexcept
{
    return machine == Machine::aarch64 ? aarch64 : x86_64;
}

RegisterValues registers_of(const ThreadRegisters& thread,
                            const Architecture& architecture) noexcept
{
    RegisterValues registers;
    registers.pc = thread.pc;
    for (std::size_t index = 0; index < architecture.note_order.size(); ++index) {
        registers.set(architecture.note_order[index], thread.general[index]);
    }
    registers.set(architecture.sp, thread.sp.value);
    return registers;
}

}  // namespace pycore
