#include "analysis/crash_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "analysis/assertion_text.hpp"
#include "analysis/crash_kind.hpp"
#include "analysis/recursion.hpp"
#include "analysis/shorten.hpp"
#include "pycore/signal.hpp"

namespace pycore {
namespace {

std::string hex(std::uint64_t value)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return "0x" + std::string(digits.data(), end.ptr);
}

// "memcpy()", "libfoo.so+0x12a0", "the process".
std::string subject(const Snapshot& snapshot, const NativeCall* call)
{
    if (call == nullptr) {
        return "the process";
    }
    const std::string name = name_of_call(snapshot, *call);
    const bool bare = !call->place->function.empty() && name.find('(') == std::string::npos;
    return (is_guess(*call) ? "probably " : "") + name + (bare ? "()" : "");
}

// " in _codec.so", where the function's name does not tell.
std::string in_module(const Snapshot& snapshot, const NativeCall* call)
{
    if (call == nullptr || call->place->function.empty()) {
        return {};
    }
    const std::string module = module_name(snapshot, *call);
    return module.empty() ? "" : " in " + module;
}

std::string verb(const Crash& crash)
{
    if (!crash.access) {
        return "accessed";
    }
    switch (crash.access->kind) {
    case MemoryAccess::Kind::read: return "read";
    case MemoryAccess::Kind::write: return "wrote to";
    case MemoryAccess::Kind::read_write: return "changed";
    case MemoryAccess::Kind::execute: return "executed";
    }
    return "accessed";
}

std::string through(const Crash& crash)
{
    const bool known = crash.access && !crash.access->base.empty();
    return known ? "through " + crash.access->base : "";
}

Address faulting(const Crash& crash)
{
    return crash.signal.fault_address.value_or(Address{});
}

/// The address that an instruction meant, which the kernel does not tell when it is not canonical.
std::string meant(const Crash& crash)
{
    if (crash.access && crash.access->kind != MemoryAccess::Kind::execute) {
        return hex(crash.access->address.value);
    }
    return crash.signal.fault_address ? hex(crash.signal.fault_address->value)
                                      : "an unknown address";
}

// "0x10 (NULL plus 16, through rdi)", "NULL (through rax)"
std::string null_address(const Crash& crash)
{
    const std::uint64_t at = faulting(crash).value;
    const std::string register_used = through(crash);
    if (at == 0) {
        return "NULL" + (register_used.empty() ? "" : " (" + register_used + ")");
    }
    return hex(at) + " (NULL plus " + std::to_string(at) +
           (register_used.empty() ? "" : ", " + register_used) + ")";
}

// "a read-only page of libfoo.so"
std::string page_of(const Crash& crash)
{
    const auto& region = crash.fault_target ? crash.fault_target->region : std::nullopt;
    if (!region) {
        return "a page";
    }
    std::string text = "a page";
    if (region->permissions_known) {
        text = region->writable     ? "a writable page"
               : region->readable   ? "a read-only page"
               : region->executable ? "an execute-only page"
                                    : "a page without any permission";
    }
    const std::string file = region->file.substr(region->file.rfind('/') + 1);
    return text + (file.empty() ? "" : " of " + shorten(file));
}

// Who called to nowhere: what lies there has no name.
std::string jump_to(const Snapshot& snapshot, const CrashSite& site, const std::string& where)
{
    // A guessed frame may not be the caller; and to return is to jump, too.
    const bool known =
        site.culprit != nullptr && site.culprit->executable && !is_guess(*site.culprit);
    if (!known) {
        return "a call, jump or return to " + where;
    }
    return subject(snapshot, site.culprit) + in_module(snapshot, site.culprit) + " called " + where;
}

std::string null_call(const Snapshot& snapshot, const CrashSite& site)
{
    const std::uint64_t at = snapshot.crash->access ? snapshot.crash->access->address.value : 0;
    return jump_to(snapshot, site,
                   at == 0 ? "a NULL function pointer"
                           : hex(at) + " (NULL plus " + std::to_string(at) + ") as a function");
}

bool is_misaligned(const Crash& crash)
{
    return crash.access && crash.access->size > 1 &&
           crash.access->address.value % crash.access->size != 0;
}

std::string bad_address(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    if (crash.access && crash.access->kind == MemoryAccess::Kind::execute) {
        return jump_to(snapshot, site, hex(crash.access->address.value) + ", where no code is");
    }
    constexpr std::int32_t sent_by_kernel = 0x80;
    const bool told = crash.signal.fault_address && crash.signal.code != sent_by_kernel;
    const std::string register_used = through(crash);
    return subject(snapshot, site.innermost) + in_module(snapshot, site.innermost) + " " +
           verb(crash) + " " + meant(crash) +
           (register_used.empty() ? "" : " (" + register_used + ")") +
           (told ? ", where nothing is mapped"
            : is_misaligned(crash)
                ? ", which is not aligned to " + std::to_string(crash.access->size) + " bytes"
                : ", which is no valid address");
}

std::string protection(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    if (crash.access && crash.access->kind == MemoryAccess::Kind::execute) {
        return jump_to(snapshot, site,
                       hex(crash.access->address.value) + ", which is " + page_of(crash) +
                           " and not executable");
    }
    return subject(snapshot, site.innermost) + in_module(snapshot, site.innermost) + " " +
           verb(crash) + " " + meant(crash) + ", in " + page_of(crash);
}

std::string name_of_frame(const Snapshot& snapshot, const StackFrame& frame)
{
    if (const auto* const call = std::get_if<NativeCall>(&frame)) {
        return name_of_call(snapshot, *call);
    }
    const PythonCode& code = *std::get<PythonFrame>(frame).code;
    return shorten(code.qualified_name.empty() ? code.name : code.qualified_name);
}

bool is_plumbing(const StackFrame& frame, const ModuleRoles& roles)
{
    const auto* const call = std::get_if<NativeCall>(&frame);
    return call != nullptr && call->place->module &&
           roles.role_of(*call->place->module) != ModuleRole::other;
}

// Those of the program itself, where there are any.
std::string names_of(const Snapshot& snapshot, std::span<const StackFrame> round)
{
    constexpr std::size_t most_named = 4;
    const ModuleRoles roles(snapshot);
    std::vector<std::string> own;
    std::vector<std::string> all;
    for (const StackFrame& frame : round) {
        const std::string name = name_of_frame(snapshot, frame);
        all.push_back(name);
        if (!is_plumbing(frame, roles)) {
            own.push_back(name);
        }
    }
    const std::vector<std::string>& names = own.empty() ? all : own;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) {
        text += (i == 0 ? "" : ", ") + names[i];
    }
    return text + (names.size() > most_named ? ", ..." : "");
}

// "stack overflow: endless recursion of walk, visit (21840 rounds)"
std::string stack_overflow(const Snapshot& snapshot, const CrashSite& site)
{
    std::string text = "stack overflow";
    if (site.thread == nullptr) {
        return text;
    }
    const auto stack = std::span(site.thread->stack).subspan(site.begin);
    const Recursion recursion = find_recursion(stack);
    if (recursion.rounds < 3) {
        return text + " in " + subject(snapshot, site.innermost) +
               in_module(snapshot, site.innermost);
    }
    return text + ": endless recursion of " +
           names_of(snapshot, stack.subspan(recursion.first, recursion.period)) + " (" +
           (site.thread->omitted ? "more than " : "") + std::to_string(recursion.rounds) +
           " rounds)";
}

std::string assertion(const Snapshot& snapshot)
{
    const auto parsed = parse_assertion(*snapshot.crash->abort_message);
    const std::string file = shorten(parsed->file.substr(parsed->file.rfind('/') + 1));
    return "assertion `" + shorten(parsed->expression) + "' failed" +
           (parsed->function.empty() ? "" : " in " + shorten(parsed->function)) + " (" + file +
           ":" + std::to_string(parsed->line) + ")";
}

std::string fatal_error(const Crash& crash)
{
    std::string text = "Fatal Python error";
    if (!crash.fatal_error) {
        return text;
    }
    text += crash.fatal_error->function.empty() ? "" : ": " + shorten(crash.fatal_error->function);
    return text +
           (crash.fatal_error->message.empty() ? "" : ": " + shorten(crash.fatal_error->message));
}

std::string given_up(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    const std::string by = subject(snapshot, site.culprit) + in_module(snapshot, site.culprit);
    if (crash.exception) {
        const auto& [type, message] = *crash.exception;
        return "uncaught C++ exception " + (type.empty() ? "of an unknown type" : shorten(type)) +
               (message.empty() ? "" : " (\"" + shorten(message) + "\")") + ", thrown by " + by;
    }
    if (crash.abort_message) {
        return shorten(*crash.abort_message) + ", found in " + by;
    }
    return by + " called abort()";
}

std::string corrupted_heap(const Snapshot& snapshot, const CrashSite& site)
{
    return "heap corruption: \"" + shorten(*snapshot.crash->abort_message) +
           "\", noticed when called from " + subject(snapshot, site.culprit) +
           in_module(snapshot, site.culprit);
}

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
    constexpr std::int32_t sent_by_kill = 0;
    return signal.code == sent_by_kill ? "sent by a process that is not known"
           : meaning.empty()           ? "sent from outside"
                                       : std::string(meaning);
}

std::string bus_error(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    const auto& region = crash.fault_target ? crash.fault_target->region : std::nullopt;
    const std::string file =
        region ? region->file.substr(region->file.rfind('/') + 1) : std::string();
    constexpr std::int32_t misaligned = 1;
    const std::string why = crash.signal.code == misaligned ? ", which is misaligned"
                            : file.empty()                  ? ", which has no memory behind it"
                                           : ", beyond the end of the mapped file " + shorten(file);
    return subject(snapshot, site.innermost) + in_module(snapshot, site.innermost) + " " +
           verb(crash) + " " + meant(crash) + why;
}

std::string by_code(const Snapshot& snapshot, CrashKind kind, const CrashSite& site)
{
    const SignalInfo& signal = snapshot.crash->signal;
    constexpr std::int32_t sent_by_kernel = 0x80;
    auto meaning = signal_code_meaning(signal.number, signal.code);
    if (signal.code == sent_by_kernel && kind != CrashKind::unknown) {
        meaning = kind == CrashKind::arithmetic ? "arithmetic error" : "illegal instruction";
    }
    return (meaning.empty() ? "code " + std::to_string(signal.code) : std::string(meaning)) +
           " in " + subject(snapshot, site.innermost) + in_module(snapshot, site.innermost);
}

}  // namespace

std::string what_happened(const Snapshot& snapshot, CrashKind kind, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    switch (kind) {
    case CrashKind::null_dereference:
        return subject(snapshot, site.innermost) + in_module(snapshot, site.innermost) + " " +
               verb(crash) + " " + null_address(crash);
    case CrashKind::null_call: return null_call(snapshot, site);
    case CrashKind::bad_address: return bad_address(snapshot, site);
    case CrashKind::protection: return protection(snapshot, site);
    case CrashKind::stack_overflow: return stack_overflow(snapshot, site);
    case CrashKind::abort: return given_up(snapshot, site);
    case CrashKind::fatal_python_error: return fatal_error(crash);
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
