#include "elf/core_notes.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

#include "base/try.hpp"

namespace pycore {
namespace {

// `struct elf_prstatus` of 64-bit Linux; the registers follow a header that no machine changes.
constexpr std::uint64_t status_signal = 12;
constexpr std::uint64_t status_blocked = 24;
constexpr std::uint64_t status_tid = 32;
constexpr std::uint64_t status_registers = 112;

// `struct elf_prpsinfo` of 64-bit Linux.
constexpr std::uint64_t info_name_size = 16;
constexpr std::uint64_t info_arguments_size = 80;

struct ProcessNote {
    std::uint8_t state[8];
    std::uint64_t flags;
    std::uint32_t uid;
    std::uint32_t gid;
    std::int32_t pid;
    std::int32_t ppid;
    std::int32_t group;
    std::int32_t session;
    char name[info_name_size];
    char arguments[info_arguments_size];
};
static_assert(sizeof(ProcessNote) == 136);

struct SignalSender {
    std::int32_t pid;
    std::uint32_t uid;
};

struct SignalNote {
    std::int32_t number;
    std::int32_t error;
    std::int32_t code;
    std::int32_t padding;
    union {
        std::uint64_t address;
        SignalSender sender;
    };
};

/// Where a machine's general registers hold what every unwinder asks for.
struct RegisterSet {
    std::size_t count;
    std::size_t pc;
    std::size_t sp;
    std::size_t thread_pointer;  ///< `count` when the note does not hold it
};

constexpr RegisterSet registers_of(Machine machine)
{
    switch (machine) {
    case Machine::x86_64: return {.count = 27, .pc = 16, .sp = 19, .thread_pointer = 21};
    case Machine::aarch64: break;
    }
    return {.count = 34, .pc = 32, .sp = 31, .thread_pointer = 34};
}

template <class T>
Result<T> read_part(const ReadAt& read, const Note& note, std::uint64_t offset, Label what)
{
    if (offset > note.size || note.size - offset < sizeof(T)) {
        return Fault{FaultCode::truncated, note.offset, what};
    }
    T value{};
    PYCORE_CHECK(read(note.offset + offset, std::as_writable_bytes(std::span(&value, 1)), what));
    return value;
}

std::string text_before_nul(const char* bytes, std::size_t size)
{
    return {bytes, std::find(bytes, bytes + size, '\0')};
}

}  // namespace

Result<ThreadRegisters> read_thread_registers(const ReadAt& read, const Note& note, Machine machine)
{
    const Label what = "NT_PRSTATUS";
    const RegisterSet set = registers_of(machine);
    ThreadRegisters thread;
    PYCORE_TRY(thread.tid, read_part<std::int32_t>(read, note, status_tid, what));
    PYCORE_TRY(const auto signal, read_part<std::int16_t>(read, note, status_signal, what));
    thread.signal = signal;
    PYCORE_TRY(thread.blocked_signals, read_part<std::uint64_t>(read, note, status_blocked, what));
    const auto registers = std::span(thread.general).first(set.count);
    if (note.size < status_registers + registers.size_bytes()) {
        return Fault{FaultCode::truncated, note.offset, what};
    }
    PYCORE_CHECK(read(note.offset + status_registers, std::as_writable_bytes(registers), what));
    thread.pc = Address{thread.general[set.pc]};
    thread.sp = Address{thread.general[set.sp]};
    if (set.thread_pointer < set.count) {
        thread.thread_pointer = Address{thread.general[set.thread_pointer]};
    }
    return thread;
}

Result<ProcessInfo> read_process_info(const ReadAt& read, const Note& note)
{
    PYCORE_TRY(const auto info, read_part<ProcessNote>(read, note, 0, "NT_PRPSINFO"));
    return ProcessInfo{.pid = info.pid,
                       .ppid = info.ppid,
                       .uid = info.uid,
                       .gid = info.gid,
                       .command = text_before_nul(info.name, sizeof(info.name)),
                       .arguments = text_before_nul(info.arguments, sizeof(info.arguments))};
}

Result<SignalInfo> read_signal_info(const ReadAt& read, const Note& note)
{
    PYCORE_TRY(const auto info, read_part<SignalNote>(read, note, 0, "NT_SIGINFO"));
    SignalInfo signal{.number = info.number, .code = info.code, .error = info.error};
    constexpr std::array with_address{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
    // SI_KERNEL, as for a non-canonical address on x86-64, leaves the address 0 without meaning it.
    if (info.code > 0 && info.code != SI_KERNEL &&
        std::find(with_address.begin(), with_address.end(), info.number) != with_address.end()) {
        signal.fault_address = Address{info.address};
    }
    if (info.code == SI_USER || info.code == SI_TKILL || info.code == SI_QUEUE) {
        signal.sender_pid = info.sender.pid;
        signal.sender_uid = info.sender.uid;
    }
    return signal;
}

Walk<AuxiliaryValue> read_auxiliary(const ReadAt& read, const Note& note)
{
    Walk<AuxiliaryValue> values;
    for (std::uint64_t at = 0; at + sizeof(AuxiliaryValue) <= note.size;
         at += sizeof(AuxiliaryValue)) {
        const auto value = read_part<AuxiliaryValue>(read, note, at, "NT_AUXV");
        if (!value) {
            values.stop = Stop::fault;
            values.fault = value.fault();
            return values;
        }
        if (value->type == 0) {
            return values;
        }
        values.items.push_back(*value);
    }
    return values;
}

bool dumps_core(std::int32_t signal) noexcept
{
    constexpr std::array dumping{SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,
                                 SIGFPE,  SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS};
    return std::find(dumping.begin(), dumping.end(), signal) != dumping.end();
}

}  // namespace pycore
