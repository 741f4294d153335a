#include "waits/futex_wait.hpp"

#include "waits/futex.hpp"
#include "waits/native_functions.hpp"
#include "waits/parked_thread.hpp"
#include "waits/pthread_objects.hpp"

namespace pycore {
namespace {

using enum ResourceKind;

class FutexReader {
public:
    FutexReader(const WaitInput& input, const NativeIndex& index, const FutexScene& scene)
        : input_(input), index_(index), scene_(scene)
    {
        wait_.word = Address{scene.call.arguments[0]};
        wait_.timed = scene.described.timed;
        wait_.timeout = scene.described.timeout;
        wait_.certain = scene.call.certain;
    }

    NativeWait read()
    {
        if (!is_gil() && !is_parked() && !is_join()) {
            read_object();
        }
        return std::move(wait_);
    }

private:
    bool is_gil()
    {
        const auto interpreter = index_.find_gil(wait_.word);
        if (interpreter) {
            wait_.kind = gil;
            wait_.interpreter = interpreter;
            // Who waits for it does so a few milliseconds at a time, and does not give up.
            wait_.timed = false;
            wait_.timeout.reset();
            wait_.certain = true;
        }
        return interpreter.has_value();
    }

    bool is_parked()
    {
        const auto parked = find_parked(input_.memory, scene_.registers, wait_.word);
        if (!parked || (!parked->certain && !python_called(input_, scene_.frames))) {
            return false;
        }
        wait_.kind = internal_lock;
        wait_.parked = parked->address;
        wait_.certain = parked->certain;
        return true;
    }

    /// `pthread_join` sleeps on a word of the other thread's description: up to glibc 2.42 on its
    /// tid, which the kernel clears when it ends, since then on its `joinstate`.
    bool is_join()
    {
        constexpr std::uint64_t tid = 720;
        constexpr std::uint64_t join_state = 1576;
        const auto part = index_.find_thread(wait_.word);
        if (!part) {
            return false;
        }
        const std::int32_t other = input_.threads[part->thread].registers->tid;
        const bool by_tid =
            part->offset == tid && static_cast<std::int32_t>(scene_.call.arguments[2]) == other;
        const bool named = called(pthread_join);
        const bool by_state =
            part->offset == join_state && !FutexOperation(scene_.call.arguments[1]).is_private();
        if (!by_tid && !by_state && !named) {
            return false;
        }
        wait_.kind = pthread_join;
        wait_.joined = part->thread;
        wait_.certain = true;
        return true;
    }

    [[nodiscard]] bool called(ResourceKind kind) const
    {
        const auto function = find_wait_function(scene_.functions);
        return function && function->kind == kind;
    }

    void read_object()
    {
        const FutexCall call{
            .word = wait_.word,
            .operation = FutexOperation(scene_.call.arguments[1]),
            .expected = static_cast<std::uint32_t>(scene_.call.arguments[2]),
            .timed = scene_.described.timed,
        };
        PthreadObject found;
        if (const auto function = find_wait_function(scene_.functions)) {
            found = pthread_object_of(input_.memory, index_, function->kind, call);
        } else if (const auto known = recognise_pthread_object(input_.memory, index_, call)) {
            found = *known;
        }
        wait_.kind = found.kind;
        wait_.object = found.object;
        wait_.owner_tid = found.owner;
        // An object around the word says that it is one, whatever became of the call's number.
        wait_.certain = found.certain && (found.kind != futex || scene_.call.certain);
    }

    const WaitInput& input_;
    const NativeIndex& index_;
    const FutexScene& scene_;
    NativeWait wait_;
};

}  // namespace

NativeWait read_futex_wait(const WaitInput& input,
                           const NativeIndex& index,
                           const FutexScene& scene)
{
    return FutexReader(input, index, scene).read();
}

}  // namespace pycore
