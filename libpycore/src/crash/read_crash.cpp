#include "crash/read_crash.hpp"

#include "crash/abort_message.hpp"
#include "crash/handled_signal.hpp"
#include "crash/memory_access.hpp"
#include "crash/native_exception.hpp"

namespace pycore {
namespace {

constexpr std::int32_t aborted = 6;
constexpr std::int32_t bus_error = 7;
constexpr std::int32_t segmentation_fault = 11;
constexpr std::int32_t sent_by_kernel = 0x80;

void read_signal(const CrashSources& from, const NativeStack& stack, Crash& crash)
{
    if (!from.core.threads().empty()) {
        crash.thread = from.core.threads().front().tid;
        crash.registers = from.core.threads().front();
    }
    if (const auto handled = find_handled_signal(from.core, from.memory, stack)) {
        crash.raised_again = crash.signal;
        crash.signal = handled->signal;
        crash.registers = handled->registers;
    }
}

bool is_memory_fault(const SignalInfo& signal)
{
    return (signal.number == bus_error || signal.number == segmentation_fault) && signal.code > 0;
}

void read_memory_fault(const CrashSources& from, Crash& crash)
{
    if (!crash.registers) {
        return;
    }
    const bool told = crash.signal.code != sent_by_kernel;
    crash.access = find_memory_access(from.memory, from.core.machine(), *crash.registers,
                                      told ? crash.signal.fault_address : std::nullopt);
}

void read_last_words(const CrashSources& from, const NativeStack& stack, Crash& crash)
{
    crash.abort_message = read_abort_message(from.memory, from.modules, from.limits);
    if (!from.core.threads().empty()) {
        crash.exception = read_native_exception(from.core.threads().front(), stack, from.memory,
                                                from.modules, from.symbols, from.limits);
    }
}

}  // namespace

std::optional<Crash> read_crash(const CrashSources& from, const NativeStack& stack)
{
    if (!from.core.signal()) {
        return std::nullopt;
    }
    Crash crash{.signal = *from.core.signal()};
    read_signal(from, stack, crash);
    if (is_memory_fault(crash.signal)) {
        read_memory_fault(from, crash);
    }
    if (crash.signal.number == aborted) {
        read_last_words(from, stack, crash);
    }
    return crash;
}

}  // namespace pycore
