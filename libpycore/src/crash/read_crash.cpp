#include "crash/read_crash.hpp"

#include "crash/abort_message.hpp"
#include "crash/handled_signal.hpp"
#include "crash/native_exception.hpp"

namespace pycore {
namespace {

constexpr std::int32_t aborted = 6;

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
    if (crash.signal.number == aborted) {
        read_last_words(from, stack, crash);
    }
    return crash;
}

}  // namespace pycore
