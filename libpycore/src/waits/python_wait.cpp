#include "waits/python_wait.hpp"

#include <vector>

#include "waits/blocked_object.hpp"
#include "waits/joined_thread.hpp"
#include "waits/waiting_functions.hpp"

namespace pycore {
namespace {

// Of one thread: what waits is further in than that.
constexpr std::size_t most_frames = 256;

struct IndexedFrame {
    const PythonFrame* frame;
    std::size_t index;  ///< in `Thread::stack`
};

/// The Python frames of what the thread was doing: those of a signal handler left out.
std::vector<IndexedFrame> find_frames(const WaitInput& input, std::size_t thread)
{
    const std::vector<StackFrame>& stack = input.threads[thread].stack;
    std::size_t first = 0;
    for (std::size_t i = 0; input.contexts[thread].interrupted && i < stack.size(); ++i) {
        const auto* const native = std::get_if<NativeCall>(&stack[i]);
        first = native != nullptr && native->signal_frame ? i + 1 : first;
    }
    std::vector<IndexedFrame> frames;
    for (std::size_t i = first; i < stack.size() && frames.size() < most_frames; ++i) {
        if (const auto* const python = std::get_if<PythonFrame>(&stack[i])) {
            frames.push_back({.frame = python, .index = i});
        }
    }
    return frames;
}

/// Whether one of Python's objects can be behind it.
bool may_be_python(const NativeWait& wait)
{
    if (!wait.kind) {
        return wait.word || wait.parked;
    }
    return *wait.kind == ResourceKind::pthread_semaphore ||
           *wait.kind == ResourceKind::internal_lock || *wait.kind == ResourceKind::futex ||
           *wait.kind == ResourceKind::process_semaphore ||
           *wait.kind == ResourceKind::child_process;
}

/// Goes from the innermost frame outward, as long as functions of the standard library wait for
/// those that called them, and says what the wait is for to each.
class WayOut {
public:
    WayOut(PythonObjects& objects, PythonWait& wait) : objects_(objects), wait_(wait) {}

    void walk(const std::vector<IndexedFrame>& frames)
    {
        for (const IndexedFrame& frame : frames) {
            const bool is_first = frame.index == frames.front().index;
            const Step step = pass(*frame.frame);
            // What runs the program's code waits for nothing; alone it is all there is.
            if (step != Step::ends || is_first || idle_here_) {
                wait_.frame = frame.index;
            }
            if (step != Step::on) {
                return;
            }
        }
    }

private:
    enum class Step : std::uint8_t { on, ends, program };

    Step pass(const PythonFrame& frame)
    {
        const std::string& module = objects_.frame_slots().module_of(frame);
        Step step = Step::program;
        for (const WaitingFunction& row : waiting_functions()) {
            if (!is_about(row, module, frame.code->qualified_name)) {
                continue;
            }
            if (applies(row, frame)) {
                take(row, frame);
            }
            step = row.ends || step == Step::ends ? Step::ends : Step::on;
        }
        return step;
    }

    [[nodiscard]] bool applies(const WaitingFunction& row, const PythonFrame& frame)
    {
        if (row.waits_for.empty()) {
            return row.kind && wait_.kind == *row.kind;
        }
        return wait_.object && find(row, frame) == wait_.object;
    }

    /// What the function waits for, as its row says.
    [[nodiscard]] Address find(const WaitingFunction& row, const PythonFrame& frame)
    {
        std::string_view path = row.waits_for;
        const std::size_t name_end = path.find('.');
        const std::string_view name = name_end == 0 ? row.object : path.substr(0, name_end);
        Address at = objects_.frame_slots().find(frame, name);
        path.remove_prefix(std::min(name_end, path.size()));
        while (at && !path.empty()) {
            path.remove_prefix(1);
            const std::size_t end = std::min(path.find('.'), path.size());
            at = objects_.attribute(at, path.substr(0, end));
            path.remove_prefix(end);
        }
        return at;
    }

    void take(const WaitingFunction& row, const PythonFrame& frame)
    {
        wait_.kind = row.kind.value_or(wait_.kind);
        if (row.kind) {
            wait_.object = objects_.frame_slots().find(frame, row.object);
        }
        if (!row.evidence.empty()) {
            wait_.evidence = row.evidence;
        }
        idle_here_ = row.idle;
        wait_.idle = wait_.idle || row.idle;
    }

    PythonObjects& objects_;
    PythonWait& wait_;
    bool idle_here_ = false;
};

/// Which thread it is that a join waits for: told by the frames, or by its handle alone.
void find_joined(PythonObjects& objects, PythonWait& wait)
{
    if (const auto lock = wait.object ? objects.read_lock(wait.object) : std::nullopt) {
        wait.object = find_thread_of_lock(objects, wait.object);
    }
    const std::uint64_t known = wait.awaited.value_or(0);
    const JoinedThread joined = wait.object || known == 0 ? find_joined_thread(objects, wait.object)
                                                          : find_joined_thread(objects, known);
    const std::uint64_t ident = known != 0 ? known : joined.ident;
    wait.object = joined.object;
    wait.awaited = ident != 0 ? std::optional(ident) : std::nullopt;
    wait.thread = ident != 0 ? find_thread(objects.input(), ident) : std::nullopt;
    if (!wait.thread) {
        wait.evidence = "no thread of the process is the one it joins";
    }
}

/// What the thread sleeps on, before any frame says what that is for.
std::optional<PythonWait> find_first(PythonObjects& objects,
                                     const std::vector<IndexedFrame>& frames,
                                     const NativeWait& native)
{
    if (native.kind == ResourceKind::child_process) {
        return PythonWait{.kind = ResourceKind::child_process};
    }
    std::vector<const PythonFrame*> plain;
    for (const IndexedFrame& frame : frames) {
        plain.push_back(frame.frame);
    }
    if (const auto lock = find_blocked_lock(objects, plain, native)) {
        return PythonWait{.kind = lock->kind, .object = lock->at};
    }
    const auto handle =
        native.parked ? read_parked_handle(objects.memory(), native.parked) : std::nullopt;
    if (!handle) {
        return std::nullopt;
    }
    return PythonWait{.kind = ResourceKind::thread, .awaited = handle->ident};
}

}  // namespace

std::optional<PythonWait> find_python_wait(const WaitInput& input,
                                           InterpreterObjects& objects,
                                           const NativeState& native,
                                           std::size_t thread)
{
    if (!may_be_python(native.wait) || input.budget.deadline.passed()) {
        return std::nullopt;
    }
    const std::vector<IndexedFrame> frames = find_frames(input, thread);
    PythonObjects* const known =
        frames.empty() ? nullptr : objects.find(frames.front().frame->interpreter);
    auto wait = known != nullptr ? find_first(*known, frames, native.wait) : std::nullopt;
    if (!wait) {
        return std::nullopt;
    }
    wait->interpreter = frames.front().frame->interpreter;
    WayOut(*known, *wait).walk(frames);
    if (wait->kind == ResourceKind::thread) {
        find_joined(*known, *wait);
    }
    return wait;
}

}  // namespace pycore
