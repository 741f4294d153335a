#include "analysis/crash_kind.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

#include "analysis/assertion_text.hpp"

namespace pycore {
namespace {

// Further below its stack pointer no function writes without having touched what is between.
constexpr std::uint64_t most_below_sp = std::uint64_t{1} << 20;

bool below_stack(const Crash& crash, Address fault)
{
    if (!crash.registers) {
        return false;
    }
    const std::uint64_t sp = crash.registers->sp.value;
    return fault.value < sp + 0x1000 && sp - std::min(sp, most_below_sp) <= fault.value;
}

/// A fault just below the thread's stack, with the stack pointer there: in the guard page, below
/// the last page that the stack may have, or in pages that glibc 2.42 guards inside of the mapping,
/// which then would permit the access.
bool is_stack_overflow(const Crash& crash)
{
    const auto& fault = crash.signal.fault_address;
    if (!fault || !crash.thread || !below_stack(crash, *fault)) {
        return false;
    }
    const auto& region = crash.fault_target ? crash.fault_target->region : std::nullopt;
    if (region && region->permissions_known && region->writable) {
        return region->stack_of == crash.thread;
    }
    const bool guard =
        !region || (region->permissions_known && !region->writable && region->file.empty());
    return guard && crash.above_fault && crash.above_fault->stack_of == crash.thread;
}

bool accesses_null(const Crash& crash)
{
    const auto& fault = crash.signal.fault_address;
    if (fault && fault->value < null_page_end) {
        return true;
    }
    // A large struct: the pointer was NULL, and the member is far behind it.
    return crash.access && !crash.access->base.empty() && crash.access->index.empty() && fault &&
           crash.access->displacement > 0 &&
           fault->value == static_cast<std::uint64_t>(crash.access->displacement);
}

bool executes_nothing(const Crash& crash)
{
    return crash.access && crash.access->kind == MemoryAccess::Kind::execute;
}

CrashKind classify_memory_fault(const Crash& crash)
{
    if (executes_nothing(crash)) {
        if (crash.access->address.value < null_page_end) {
            return CrashKind::null_call;
        }
        return crash.signal.code == SEGV_ACCERR ? CrashKind::protection : CrashKind::bad_address;
    }
    if (is_stack_overflow(crash)) {
        return CrashKind::stack_overflow;
    }
    if (crash.signal.code == SI_KERNEL) {
        return CrashKind::bad_address;  // no address at all: not canonical
    }
    if (accesses_null(crash)) {
        return CrashKind::null_dereference;
    }
    if (!crash.signal.fault_address) {
        return CrashKind::unknown;
    }
    return crash.signal.code == SEGV_ACCERR ? CrashKind::protection : CrashKind::bad_address;
}

constexpr std::array<std::string_view, 12> heap_messages{
    "free()",      "malloc()",       "realloc()",      "calloc()",
    "double free", "corrupted",      "munmap_chunk()", "malloc_consolidate()",
    "sysmalloc",   "mremap_chunk()", "tcache",         "invalid fastbin"};

bool is_heap_message(std::string_view message)
{
    return std::ranges::any_of(heap_messages,
                               [&](std::string_view start) { return message.starts_with(start); });
}

CrashKind classify_abort(const Crash& crash)
{
    if (crash.fatal_error) {
        return CrashKind::fatal_python_error;
    }
    if (!crash.abort_message) {
        return CrashKind::abort;
    }
    if (parse_assertion(*crash.abort_message)) {
        return CrashKind::assertion;
    }
    return is_heap_message(*crash.abort_message) ? CrashKind::heap_corruption : CrashKind::abort;
}

}  // namespace

std::string_view name_of(CrashKind kind) noexcept
{
    switch (kind) {
    case CrashKind::null_dereference: return "null-dereference";
    case CrashKind::null_call: return "null-call";
    case CrashKind::bad_address: return "bad-address";
    case CrashKind::protection: return "protection";
    case CrashKind::stack_overflow: return "stack-overflow";
    case CrashKind::abort: return "abort";
    case CrashKind::fatal_python_error: return "fatal-python-error";
    case CrashKind::assertion: return "assertion";
    case CrashKind::heap_corruption: return "heap-corruption";
    case CrashKind::illegal_instruction: return "illegal-instruction";
    case CrashKind::arithmetic: return "arithmetic";
    case CrashKind::bus_error: return "bus-error";
    case CrashKind::external_signal: return "external-signal";
    case CrashKind::unknown: break;
    }
    return "unknown";
}

CrashKind classify(const Snapshot& snapshot)
{
    const Crash& crash = *snapshot.crash;
    const SignalInfo& signal = crash.signal;
    // What abort() and raise() send comes from the process itself, and by tgkill.
    const bool from_itself = signal.code == SI_TKILL &&
                             (!signal.sender_pid || signal.sender_pid == snapshot.process.pid);
    if (signal.number == SIGABRT && from_itself) {
        return classify_abort(crash);
    }
    if (signal.code <= 0 || signal.number == SIGQUIT) {
        return CrashKind::external_signal;
    }
    switch (signal.number) {
    case SIGSEGV: return classify_memory_fault(crash);
    case SIGBUS:
        return executes_nothing(crash) ? classify_memory_fault(crash) : CrashKind::bus_error;
    case SIGILL: return CrashKind::illegal_instruction;
    case SIGFPE: return CrashKind::arithmetic;
    default: return CrashKind::unknown;
    }
}

}  // namespace pycore
