#include "analysis/crash_words.hpp"

#include <csignal>

#include "analysis/kind_words.hpp"
#include "pycore/signal.hpp"

namespace pycore {
namespace {

std::string sent(const Snapshot& snapshot)
{
    const SignalInfo& signal = snapshot.crash->signal;
    if (signal.sender_pid && signal.sender_pid == snapshot.process.pid) {
        return "the process sent it to itself";
    }
    if (signal.sender_pid && *signal.sender_pid != 0) {
        return "sent by process " + std::to_string(*signal.sender_pid);
    }
    const auto meaning = signal_code_meaning(signal.number, signal.code);
    // A handler without SA_SIGINFO is not told whose it is.
    return signal.code == SI_USER ? "sent by a process that is not known"
           : meaning.empty()      ? "sent from outside"
                                  : std::string(meaning);
}

std::string by_code(const Snapshot& snapshot, CrashKind kind, const CrashSite& site)
{
    const SignalInfo& signal = snapshot.crash->signal;
    auto meaning = signal_code_meaning(signal.number, signal.code);
    if (signal.code == SI_KERNEL && kind != CrashKind::unknown) {
        meaning = kind == CrashKind::arithmetic ? "arithmetic error" : "illegal instruction";
    }
    return (meaning.empty() ? "code " + std::to_string(signal.code) : std::string(meaning)) +
           " in " + who(snapshot, site.innermost);
}

}  // namespace

// "libfoo.so+0x12a0" tells its module itself.
std::string who(const Snapshot& snapshot, const NativeCall* call)
{
    if (call == nullptr) {
        return "the process";
    }
    std::string text = (is_guess(*call) ? "probably " : "") + name_of_call(snapshot, *call);
    if (call->place->function.empty()) {
        return text;
    }
    text += text.find('(') == std::string::npos ? "()" : "";
    const std::string module = module_name(snapshot, *call);
    return module.empty() ? text : text + " in " + module;
}

std::string what_happened(const Snapshot& snapshot, CrashKind kind, const CrashSite& site)
{
    switch (kind) {
    case CrashKind::null_dereference: return null_dereference(snapshot, site);
    case CrashKind::null_call: return null_call(snapshot, site);
    case CrashKind::bad_address: return bad_address(snapshot, site);
    case CrashKind::protection: return protection(snapshot, site);
    case CrashKind::stack_overflow: return stack_overflow(snapshot, site);
    case CrashKind::abort: return given_up(snapshot, site);
    case CrashKind::fatal_python_error: return fatal_error(snapshot);
    case CrashKind::assertion: return assertion(snapshot);
    case CrashKind::heap_corruption: return corrupted_heap(snapshot, site);
    case CrashKind::bus_error: return bus_error(snapshot, site);
    case CrashKind::external_signal: return sent(snapshot);
    case CrashKind::illegal_instruction:
    case CrashKind::arithmetic:
    case CrashKind::unknown: break;
    }
    return by_code(snapshot, kind, site);
}

}  // namespace pycore
