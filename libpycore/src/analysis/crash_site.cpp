#include "analysis/crash_site.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "analysis/shorten.hpp"
#include "base/file_name.hpp"
#include "base/hex.hpp"

namespace pycore {
namespace {

// How a process gives up, innermost last. What is not named here but lies in a system library
// between two of these is part of it, too.
constexpr std::array<std::string_view, 32> giving_up{"raise",
                                                     "gsignal",
                                                     "pthread_kill",
                                                     "__pthread_kill_implementation",
                                                     "__pthread_kill_internal",
                                                     "tgkill",
                                                     "abort",
                                                     "__abort",
                                                     "__assert_fail",
                                                     "__assert_fail_base",
                                                     "__assert_perror_fail",
                                                     "__libc_message",
                                                     "__libc_message_impl",
                                                     "malloc_printerr",
                                                     "__fortify_fail",
                                                     "__chk_fail",
                                                     "__stack_chk_fail",
                                                     "__libc_fatal",
                                                     "std::terminate",
                                                     "__cxxabiv1::__terminate",
                                                     "__gnu_cxx::__verbose_terminate_handler",
                                                     "__cxa_throw",
                                                     "__cxa_rethrow",
                                                     "__gxx_personality_v0",
                                                     "_Unwind_RaiseException",
                                                     "__cxa_call_terminate",
                                                     "fatal_error",
                                                     "fatal_error_exit",
                                                     "_Py_FatalErrorFunc",
                                                     "_Py_FatalErrorFormat",
                                                     "Py_FatalError",
                                                     "_PyObject_AssertFailed"};

bool gives_up(const NativeCall& call)
{
    // Demangled names carry their parameters: "std::terminate()".
    const std::string_view name = call.place->function;
    const std::string_view bare = name.substr(0, name.find('('));
    return std::ranges::find(giving_up, bare) != giving_up.end();
}

const NativeCall* native_at(const Thread& thread, std::size_t index)
{
    return index < thread.stack.size() ? std::get_if<NativeCall>(&thread.stack[index]) : nullptr;
}

/// The frame of the registers that the crash has, which a handler may have buried.
std::size_t find_begin(const Thread& thread, const Crash& crash)
{
    if (!crash.registers) {
        return 0;
    }
    const auto found = std::ranges::find_if(thread.stack, [&](const StackFrame& frame) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        return call != nullptr && call->address == crash.registers->pc &&
               call->sp == crash.registers->sp;
    });
    return found == thread.stack.end() ? 0 : static_cast<std::size_t>(found - thread.stack.begin());
}

bool is_system(const NativeCall& call, const ModuleRoles& roles)
{
    return call.place->module && roles.role_of(*call.place->module) == ModuleRole::system;
}

/// Past the frames of giving up, and what of system libraries called them; past what a jump to
/// nowhere hit. A stripped C library tells few of its names.
std::size_t skip_giving_up(const CrashSite& site, const ModuleRoles& roles)
{
    std::size_t past = site.begin;
    for (std::size_t i = site.begin; i < site.end; ++i) {
        const NativeCall* const call = native_at(*site.thread, i);
        if (call == nullptr) {
            break;
        }
        if (gives_up(*call) || !call->executable) {
            past = i + 1;
        } else if (!is_system(*call, roles)) {
            // What gave up did so for this one.
            return past == site.begin || !gives_up(*native_at(*site.thread, past - 1)) ? past : i;
        }
    }
    return past;
}

void find_foreign(CrashSite& site, const ModuleRoles& roles)
{
    for (std::size_t i = site.begin; i < site.thread->stack.size(); ++i) {
        const NativeCall* const call = native_at(*site.thread, i);
        if (call != nullptr && call->place->module &&
            roles.role_of(*call->place->module) == ModuleRole::other) {
            site.foreign = call;
            site.foreign_is_near = i < site.end;
            return;
        }
    }
}

}  // namespace

std::optional<CrashSite> find_crash_site(const Snapshot& snapshot, const ModuleRoles& roles)
{
    const auto thread = std::ranges::find(snapshot.threads, true, &Thread::crashed);
    if (!snapshot.crash || thread == snapshot.threads.end()) {
        return std::nullopt;
    }
    CrashSite site{.thread = &*thread};
    const auto& stack = thread->stack;
    site.begin = find_begin(*thread, *snapshot.crash);
    const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(site.begin);
    const auto python = std::find_if(begin, stack.end(), [](const StackFrame& frame) {
        return std::holds_alternative<PythonFrame>(frame);
    });
    site.end = static_cast<std::size_t>(python - stack.begin());
    if (python != stack.end()) {
        site.python = &std::get<PythonFrame>(*python);
    }
    site.innermost = native_at(*thread, site.begin);
    site.culprit = native_at(*thread, skip_giving_up(site, roles));
    find_foreign(site, roles);
    return site;
}

bool is_guess(const NativeCall& call) noexcept
{
    return call.trust == Trust::scan || call.trust == Trust::frame_pointer;
}

std::string module_name(const Snapshot& snapshot, const NativeCall& call)
{
    if (!call.place->module || *call.place->module >= snapshot.modules.size()) {
        return {};
    }
    const std::string& path = snapshot.modules[*call.place->module].path;
    return shorten(file_name(path));
}

std::string name_of_call(const Snapshot& snapshot, const NativeCall& call)
{
    if (!call.place->function.empty()) {
        return shorten(call.place->function);
    }
    const std::string module = module_name(snapshot, call);
    return module.empty() ? hex(call.address.value) : module + "+" + hex(call.place->module_offset);
}

}  // namespace pycore
