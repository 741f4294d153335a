#include "signature/crash_class.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "analysis/assertion_text.hpp"
#include "pycore/signal.hpp"
#include "signature/generated_text.hpp"
#include "signature/native_name.hpp"

namespace pycore {
namespace {

bool ended_from_outside(const Snapshot& snapshot, const std::optional<Diagnosis>& diagnosis)
{
    if (!snapshot.crash) {
        return true;
    }
    const auto& sender = snapshot.crash->signal.sender_pid;
    const bool itself = sender && sender == snapshot.process.pid;
    return diagnosis && diagnosis->kind == CrashKind::external_signal && !itself;
}

/// "SIGABRT/OOM" and the like, where something says that memory ran out.
bool lacks_memory(const Crash& crash)
{
    if (crash.exception) {
        return crash.exception->type == "std::bad_alloc";
    }
    constexpr std::array<std::string_view, 3> words{"out of memory", "MemoryError",
                                                    "memory allocation failed"};
    return crash.fatal_error && std::ranges::any_of(words, [&](std::string_view word) {
               return crash.fatal_error->message.find(word) != std::string::npos;
           });
}

std::string fatal_error_message(const FatalPythonError& error)
{
    // The words differ from version to version; the function that said them does not.
    return error.function.empty() ? without_numbers(error.message, 1) : error.function;
}

std::string assertion_message(const std::string& message)
{
    const auto parsed = parse_assertion(message);
    if (!parsed) {
        return without_numbers(message, 1);
    }
    const std::string in = bare_function_name(parsed->function);
    return parsed->expression + (in.empty() ? "" : " in " + in);
}

CrashClass class_of_abort(const Crash& crash, CrashKind kind, const std::string& base)
{
    const std::string said = crash.abort_message.value_or("");
    switch (kind) {
    case CrashKind::fatal_python_error:
        return {.name = base + "/Py_FatalError",
                .base = base,
                .message = crash.fatal_error ? fatal_error_message(*crash.fatal_error) : ""};
    // Which of malloc's checks finds the damage is chance: its words are left out.
    case CrashKind::heap_corruption: return {.name = base + "/malloc", .base = base};
    case CrashKind::assertion:
        return {.name = base + "/assert", .base = base, .message = assertion_message(said)};
    default: break;
    }
    if (crash.exception) {
        return {.name = base + "/c++-exception",
                .base = base,
                .message = without_numbers(crash.exception->type, 5)};
    }
    return {.name = base, .base = base, .message = without_numbers(said, 1)};
}

}  // namespace

CrashClass classify_for_signature(const Snapshot& snapshot,
                                  const std::optional<Diagnosis>& diagnosis,
                                  const std::vector<Deadlock>& deadlocks)
{
    if (ended_from_outside(snapshot, diagnosis)) {
        return {.name = deadlocks.empty() ? "HANG" : "HANG/deadlock", .base = "HANG", .hang = true};
    }
    const Crash& crash = *snapshot.crash;
    const std::string base = signal_name(crash.signal.number);
    const CrashKind kind = diagnosis ? diagnosis->kind : CrashKind::unknown;
    if (lacks_memory(crash)) {
        return {.name = "OOM", .base = base};
    }
    switch (kind) {
    case CrashKind::null_dereference:
    case CrashKind::null_call: return {.name = base + "/null", .base = base};
    case CrashKind::stack_overflow: return {.name = base + "/stack-overflow", .base = base};
    case CrashKind::abort:
    case CrashKind::fatal_python_error:
    case CrashKind::heap_corruption:
    case CrashKind::assertion: return class_of_abort(crash, kind, base);
    default: return {.name = base, .base = base};
    }
}

}  // namespace pycore
