#include <algorithm>
#include <span>
#include <vector>

#include "analysis/kind_words.hpp"
#include "analysis/recursion.hpp"
#include "analysis/shorten.hpp"

namespace pycore {
namespace {

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

}  // namespace

std::string stack_overflow(const Snapshot& snapshot, const CrashSite& site)
{
    std::string text = "stack overflow";
    if (site.thread == nullptr) {
        return text;
    }
    const auto stack = std::span(site.thread->stack).subspan(site.begin);
    const Recursion recursion = find_recursion(stack);
    if (recursion.rounds < 3) {
        return text + " in " + who(snapshot, site.innermost);
    }
    return text + ": endless recursion of " +
           names_of(snapshot, stack.subspan(recursion.first, recursion.period)) + " (" +
           (site.thread->omitted ? "more than " : "") + std::to_string(recursion.rounds) +
           " rounds)";
}

}  // namespace pycore
