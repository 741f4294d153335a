#include "waits/activity.hpp"

#include <algorithm>
#include <array>

#include "base/file_name.hpp"
#include "python/record.hpp"
#include "waits/native_functions.hpp"

namespace pycore {
namespace {

using Names = std::span<const std::string_view>;

// Of the collector, from 3.11 on; most are static, and only a debug file names them.
constexpr std::array<std::string_view, 14> collecting{
    "PyGC_Collect",         "_PyGC_Collect",          "_Py_RunGC",
    "gc_collect_main",      "gc_collect_generations", "gc_collect_with_callback",
    "gc_collect_region",    "gc_collect_full",        "gc_collect_young",
    "gc_collect_increment", "gc_collect_internal",    "delete_garbage",
    "finalize_garbage",     "invoke_gc_callback"};

constexpr std::array<std::string_view, 4> ending{"Py_FinalizeEx", "_Py_Finalize", "Py_Finalize",
                                                 "Py_EndInterpreter"};

bool runs_function(std::span<const StackFrame> frames, Names names)
{
    return std::ranges::any_of(frames, [names](const StackFrame& frame) {
        const auto* const call = std::get_if<NativeCall>(&frame);
        return call != nullptr && (std::ranges::find(names, call->place->function) != names.end());
    });
}

class ActivityFinder {
public:
    ActivityFinder(const WaitInput& input, const ActivityScene& scene)
        : input_(input), scene_(scene)
    {
    }

    [[nodiscard]] Activity find() const
    {
        if (hangs_at_exit()) {
            return Activity::hanging_at_exit;
        }
        if (scene_.wait.kind) {
            return Activity::waiting;
        }
        if (in_call() && scene_.described && only_sleeps(*scene_.call, *scene_.described)) {
            return Activity::sleeping;
        }
        if (collects()) {
            return Activity::collecting_garbage;
        }
        if (finalizes()) {
            return Activity::finalizing;
        }
        if (in_call()) {
            return Activity::in_system_call;
        }
        return find_running();
    }

private:
    [[nodiscard]] Activity find_running() const
    {
        if (scene_.frames.empty()) {
            return Activity::running_native;
        }
        const StackFrame& innermost = scene_.frames.front();
        const auto* const native = std::get_if<NativeCall>(&innermost);
        if (native == nullptr || native->runs_python) {
            return Activity::running_python;
        }
        // In CPython, and its file is not here: the eval loop or a function that it called. Without
        // the GIL there is no eval loop.
        const auto module = native->place->module;
        const bool in_python = module && is_python(input_, *module);
        const bool may_loop = scene_.gil.value_or(GilState::held) == GilState::held;
        return in_python && may_loop && !input_.modules[*module].elf ? Activity::unknown
                                                                     : Activity::running_native;
    }

    [[nodiscard]] bool in_call() const { return scene_.call && !scene_.call->ended; }

    [[nodiscard]] const std::vector<OwnThreadState>& states() const
    {
        return input_.contexts[scene_.thread].states;
    }

    /// From 3.14 on, a thread that wants the GIL of an interpreter that has ended pauses for ever,
    /// inside CPython. Its thread state may be gone by then.
    [[nodiscard]] bool hangs_at_exit() const
    {
        if (!in_call() || scene_.call->number != call::pause) {
            return false;
        }
        if (std::ranges::find(scene_.functions, "PyThread_hang_thread") != scene_.functions.end()) {
            return true;
        }
        return !input_.interpreters.empty() && input_.interpreters.front().finalizing &&
               !finalizes() && python_called(input_, scene_.frames);
    }

    [[nodiscard]] bool collects() const
    {
        const bool holds = scene_.gil == GilState::held;
        const bool running = holds && std::ranges::any_of(states(), [this](const auto& state) {
                                 return input_.interpreters[state.interpreter].gc_running == true;
                             });
        return running || runs_function(scene_.frames, collecting);
    }

    [[nodiscard]] bool finalizes() const
    {
        return std::ranges::any_of(states(), [this](const auto& state) { return ends(state); }) ||
               runs_function(scene_.frames, ending) || waits_for_threads();
    }

    /// It is the one that `_PyRuntime` names.
    [[nodiscard]] bool ends(const OwnThreadState& state) const
    {
        const Layout& layout = *input_.layouts[state.interpreter];
        const auto finalizing =
            read_field(input_.memory, input_.interpreters[state.interpreter].runtime,
                       layout.runtime.finalizing, "runtime");
        return finalizing && *finalizing && *finalizing == state.at;
    }

    /// The outermost Python function is the one that `Py_Finalize` calls first of all.
    [[nodiscard]] bool waits_for_threads() const
    {
        for (auto frame = scene_.frames.rbegin(); frame != scene_.frames.rend(); ++frame) {
            if (const auto* const python = std::get_if<PythonFrame>(&*frame)) {
                return python->code->name == "_shutdown" &&
                       file_name(python->code->file) == "threading.py";
            }
        }
        return false;
    }

    const WaitInput& input_;
    const ActivityScene& scene_;
};

}  // namespace

Activity find_activity(const WaitInput& input, const ActivityScene& scene)
{
    return ActivityFinder(input, scene).find();
}

std::optional<GilState> find_gil_state(const WaitInput& input,
                                       std::span<const std::optional<Gil>> gils,
                                       std::size_t thread,
                                       const NativeWait& wait)
{
    bool has_gil = false;
    for (const OwnThreadState& state : input.contexts[thread].states) {
        if (state.interpreter < gils.size() && gils[state.interpreter]) {
            has_gil = true;
            if (gils[state.interpreter]->holder == thread) {
                return GilState::held;
            }
        }
    }
    if (!has_gil) {
        return std::nullopt;
    }
    if (wait.kind == ResourceKind::gil) {
        return GilState::waiting;
    }
    const bool runs_python = std::ranges::any_of(
        input.threads[thread].stack,
        [](const StackFrame& frame) { return std::holds_alternative<PythonFrame>(frame); });
    return runs_python ? GilState::released : GilState::detached;
}

}  // namespace pycore
