#include "elf/register_names.hpp"

#include <array>

namespace pycore {
namespace {

// The order of `user_regs_struct`.
constexpr std::array<std::string_view, 27> x86_64{
    "r15",    "r14", "r13", "r12",     "rbp",     "rbx", "r11",      "r10", "r9",
    "r8",     "rax", "rcx", "rdx",     "rsi",     "rdi", "orig_rax", "rip", "cs",
    "eflags", "rsp", "ss",  "fs_base", "gs_base", "ds",  "es",       "fs",  "gs"};

constexpr std::array<std::string_view, 34> aarch64{
    "x0",  "x1",  "x2",  "x3",  "x4",  "x5",  "x6",  "x7",  "x8",  "x9",    "x10", "x11",
    "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21",   "x22", "x23",
    "x24", "x25", "x26", "x27", "x28", "x29", "x30", "sp",  "pc",  "pstate"};

}  // namespace

std::span<const std::string_view> register_names(Machine machine) noexcept
{
    switch (machine) {
    case Machine::x86_64: return x86_64;
    case Machine::aarch64: return aarch64;
    }
    return {};
}

}  // namespace pycore
