#include "waits/native_wait.hpp"

#include "waits/activity.hpp"
#include "waits/futex.hpp"
#include "waits/futex_wait.hpp"
#include "waits/native_functions.hpp"
#include "waits/native_index.hpp"
#include "waits/system_call.hpp"

namespace pycore {
namespace {

class NativeReader {
public:
    NativeReader(const WaitInput& input, std::span<const std::optional<Gil>> gils)
        : input_(input), gils_(gils), index_(input, gils)
    {
    }

    [[nodiscard]] NativeState read(std::size_t thread) const
    {
        const ThreadContext& context = input_.contexts[thread];
        NativeState state;
        if (input_.machine == Machine::x86_64 && context.registers) {
            read_registers(thread, *context.registers, state);
        } else {
            state.gil = find_gil_state(input_, gils_, thread, state.wait);
        }
        return state;
    }

private:
    void read_registers(std::size_t thread,
                        const ThreadRegisters& registers,
                        NativeState& state) const
    {
        const ThreadContext& context = input_.contexts[thread];
        const auto frames = running_frames(input_.threads[thread], context);
        const auto functions = native_functions(frames);
        const auto call =
            find_kernel_call(input_.memory, registers, context.interrupted, functions);
        std::optional<SystemCall> described;
        if (call) {
            described = describe_kernel_call(input_.memory, *call);
        }
        if (described) {
            state.wait = read_wait({*call, *described, registers, frames, functions}, thread);
        }
        state.gil = find_gil_state(input_, gils_, thread, state.wait);
        state.activity = find_activity(
            input_, {thread, frames, functions, call, described, state.wait, state.gil});
        if (call && !call->ended) {
            state.system_call = std::move(described);
        }
    }

    [[nodiscard]] NativeWait read_wait(const FutexScene& scene, std::size_t thread) const
    {
        NativeWait wait = classify(scene);
        // Its result is there. Who waits for the GIL will only ask for it again.
        const bool has_gil = wait.interpreter && gils_[*wait.interpreter]->holder == thread;
        if (!wait.kind || has_gil || (scene.call.ended && wait.kind != ResourceKind::gil)) {
            return {};
        }
        const auto function = find_wait_function(scene.functions);
        if (function) {
            wait.function = function->name;
        } else if (!scene.functions.empty()) {
            wait.function = scene.functions.front();
        }
        return wait;
    }

    [[nodiscard]] NativeWait classify(const FutexScene& scene) const
    {
        const auto& arguments = scene.call.arguments;
        NativeWait wait{.timed = scene.described.timed,
                        .timeout = scene.described.timeout,
                        .certain = scene.call.certain};
        switch (scene.described.number) {
        case call::futex:
            return FutexOperation(arguments[1]).waits() ? read_futex_wait(input_, index_, scene)
                                                        : wait;
        case call::futex_waitv: wait.kind = ResourceKind::futex; break;
        case call::flock: wait.kind = ResourceKind::file_lock; break;
        case call::fcntl:
            if (arguments[1] == set_lock_wait || arguments[1] == set_description_lock_wait) {
                wait.kind = ResourceKind::file_lock;
            }
            break;
        case call::wait4:
        case call::waitid: wait.kind = ResourceKind::child_process; break;
        default: break;
        }
        return wait;
    }

    static constexpr std::uint64_t set_lock_wait = 7;               // F_SETLKW
    static constexpr std::uint64_t set_description_lock_wait = 38;  // F_OFD_SETLKW

    const WaitInput& input_;
    std::span<const std::optional<Gil>> gils_;
    NativeIndex index_;
};

}  // namespace

std::vector<NativeState> read_native_states(const WaitInput& input,
                                            std::span<const std::optional<Gil>> gils)
{
    const NativeReader reader(input, gils);
    std::vector<NativeState> states;
    states.reserve(input.threads.size());
    for (std::size_t i = 0; i < input.threads.size(); ++i) {
        states.push_back(reader.read(i));
    }
    return states;
}

}  // namespace pycore
