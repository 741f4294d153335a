#include "crash/read_crash.hpp"

#include <csignal>

#include "crash/abort_message.hpp"
#include "crash/address_target.hpp"
#include "crash/fatal_error.hpp"
#include "crash/handled_signal.hpp"
#include "crash/memory_access.hpp"
#include "crash/native_exception.hpp"

namespace pycore {
namespace {

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
    return (signal.number == SIGBUS || signal.number == SIGSEGV) && signal.code > 0;
}

void read_memory_fault(const CrashSources& from, Crash& crash)
{
    if (!crash.registers) {
        return;
    }
    const bool told = crash.signal.code != SI_KERNEL;
    crash.access = find_memory_access(from.memory, from.core.machine(), *crash.registers,
                                      told ? crash.signal.fault_address : std::nullopt);
}

/// A handler may run on a stack of its own, while the thread's is another.
void read_targets(const CrashSources& from, Crash& crash)
{
    MemoryMap map(from.core);
    if (crash.registers) {
        map.set_stack(crash.registers->tid, crash.registers->sp);
    }
    std::optional<PythonTypes> types;
    if (from.layout != nullptr) {
        types.emplace(from.memory, *from.layout, from.interpreter, from.limits);
    }
    const TargetSources sources{.map = map,
                                .modules = from.modules,
                                .symbols = from.symbols,
                                .types = types ? &*types : nullptr};
    if (crash.registers) {
        crash.targets = find_register_targets(sources, from.core.machine(), *crash.registers);
    }
    if (crash.signal.fault_address && is_memory_fault(crash.signal)) {
        crash.fault_target = find_address_target(sources, *crash.signal.fault_address);
        crash.above_fault = map.find_region_above(*crash.signal.fault_address);
    }
}

void read_last_words(const CrashSources& from, const NativeStack& stack, Crash& crash)
{
    crash.abort_message = read_abort_message(from.memory, from.modules, from.limits);
    if (!from.core.threads().empty()) {
        crash.fatal_error =
            read_fatal_error(from.core.threads().front(), stack, from.memory, from.modules,
                             from.unwinder, from.symbols, from.limits, from.deadline);
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
    if (crash.signal.number == SIGABRT) {
        read_last_words(from, stack, crash);
    }
    read_targets(from, crash);
    return crash;
}

}  // namespace pycore
