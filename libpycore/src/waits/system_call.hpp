#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pycore/core_file.hpp"
#include "pycore/memory.hpp"
#include "pycore/wait.hpp"

namespace pycore {

/// Numbers of x86-64 that mean something to waits.
namespace call {
constexpr std::uint32_t poll = 7;
constexpr std::uint32_t select = 23;
constexpr std::uint32_t pause = 34;
constexpr std::uint32_t nanosleep = 35;
constexpr std::uint32_t wait4 = 61;
constexpr std::uint32_t fcntl = 72;
constexpr std::uint32_t flock = 73;
constexpr std::uint32_t futex = 202;
constexpr std::uint32_t restart = 219;
constexpr std::uint32_t clock_nanosleep = 230;
constexpr std::uint32_t waitid = 247;
constexpr std::uint32_t pselect6 = 270;
constexpr std::uint32_t ppoll = 271;
constexpr std::uint32_t futex_waitv = 449;
}  // namespace call

/// A thread in the kernel, as its registers say.
struct KernelCall {
    std::optional<std::uint32_t> number;  ///< absent: in a system call, which one is lost
    std::array<std::uint64_t, 6> arguments{};
    bool certain = true;  ///< the number is
    /// It has its result: the thread was about to leave the kernel.
    bool ended = false;
};

/// The system call that `registers`, of x86-64, are in. `interrupted`: they are from a signal
/// frame. `functions` as `native_functions` returned them. Nothing where the thread is in none.
std::optional<KernelCall> find_kernel_call(const Memory& memory,
                                           const ThreadRegisters& registers,
                                           bool interrupted,
                                           std::span<const std::string_view> functions);

/// What its arguments say.
std::optional<SystemCall> describe_kernel_call(const Memory& memory, const KernelCall& call);

/// Whether it does nothing but let time pass.
bool only_sleeps(const KernelCall& call, const SystemCall& described);

}  // namespace pycore
