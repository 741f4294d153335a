#include "report/fit_to_size.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "report/cut_deadlocks.hpp"
#include "report/json_frames.hpp"
#include "report/json_parts.hpp"

namespace pycore {
namespace {

// For the entries of `limits` that the cuts add, and for `omitted_frames` of a thread.
constexpr std::uint64_t reserved = 1024;
constexpr std::uint64_t reserved_per_thread = 80;

void add_hit(Snapshot& snapshot, std::uint64_t most, std::string where)
{
    snapshot.limits.push_back(
        {.limit = "max-report-bytes", .value = most, .where = std::move(where)});
}

std::uint64_t size_without_stacks(const Report& report)
{
    JsonWriter counter(nullptr);
    write_report(counter, report, Stacks::left_empty);
    return counter.size() + reserved + reserved_per_thread * report.snapshot.threads.size();
}

std::uint64_t size_of_stack(FrameSerializer& frames, const Thread& thread)
{
    return std::accumulate(
        thread.stack.begin(), thread.stack.end(), std::uint64_t{0},
        [&](std::uint64_t sum, const StackFrame& frame) { return sum + frames.size_bound(frame); });
}

std::vector<std::uint64_t> size_of_stacks(const Snapshot& snapshot)
{
    FrameSerializer frames(snapshot.modules);
    std::vector<std::uint64_t> sizes;
    sizes.reserve(snapshot.threads.size());
    for (const Thread& thread : snapshot.threads) {
        sizes.push_back(size_of_stack(frames, thread));
    }
    return sizes;
}

// The most a single stack may take so that all of them fit: short stacks stay whole, and what they
// do not need is shared by the long ones.
std::uint64_t fair_share(std::vector<std::uint64_t> sizes, std::uint64_t available)
{
    std::sort(sizes.begin(), sizes.end());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const std::uint64_t share = available / (sizes.size() - i);
        if (sizes[i] > share) {
            return share;
        }
        available -= sizes[i];
    }
    return UINT64_MAX;
}

template <class Iterator>
std::size_t count_that_fit(FrameSerializer& frames,
                           Iterator first,
                           Iterator last,
                           std::uint64_t available)
{
    std::size_t count = 0;
    for (; first != last; ++first, ++count) {
        const std::uint64_t size = frames.size_bound(*first);
        if (size > available) {
            break;
        }
        available -= size;
    }
    return count;
}

void cut_stack(Thread& thread, FrameSerializer& frames, std::uint64_t available)
{
    std::vector<StackFrame>& stack = thread.stack;
    std::size_t inner = count_that_fit(frames, stack.begin(), stack.end(), available / 2);
    std::size_t outer =
        stack.size() - count_that_fit(frames, stack.rbegin(), stack.rend(), available / 2);
    OmittedFrames omitted{.before = inner, .count = 0};
    if (thread.omitted) {
        // One hole a stack: the cut is around the one that is there.
        inner = std::min(inner, thread.omitted->before);
        outer = std::max(outer, std::min(thread.omitted->before, stack.size()));
        omitted = OmittedFrames{.before = inner, .count = thread.omitted->count};
    }
    if (inner >= outer) {
        return;
    }
    omitted.count += outer - inner;
    stack.erase(stack.begin() + static_cast<std::ptrdiff_t>(inner),
                stack.begin() + static_cast<std::ptrdiff_t>(outer));
    thread.omitted = omitted;
    thread.stack_complete = false;
}

/// Whether there were any.
bool drop_variables(Thread& thread)
{
    bool dropped = false;
    for (StackFrame& frame : thread.stack) {
        if (auto* const python = std::get_if<PythonFrame>(&frame)) {
            dropped = dropped || python->variables;
            python->variables.reset();
        }
    }
    return dropped;
}

// Frames are worth more than the values in them, and those of the crashed thread, which comes
// first, more than the others.
void drop_variables(Snapshot& snapshot, std::uint64_t most, std::uint64_t available)
{
    std::vector<std::uint64_t> sizes = size_of_stacks(snapshot);
    std::uint64_t size = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
    FrameSerializer frames(snapshot.modules);
    std::size_t threads = 0;
    for (std::size_t i = sizes.size(); i-- > 0 && size > available;) {
        if (drop_variables(snapshot.threads[i])) {
            size -= sizes[i] - size_of_stack(frames, snapshot.threads[i]);
            ++threads;
        }
    }
    if (threads != 0) {
        add_hit(snapshot, most, "variables of " + std::to_string(threads) + " threads");
    }
}

void cut_stacks(Snapshot& snapshot, std::uint64_t most, std::uint64_t available)
{
    const std::vector<std::uint64_t> sizes = size_of_stacks(snapshot);
    const std::uint64_t share = fair_share(sizes, available);
    FrameSerializer frames(snapshot.modules);
    std::size_t cut = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] > share) {
            cut_stack(snapshot.threads[i], frames, share);
            ++cut;
        }
    }
    if (cut != 0) {
        add_hit(snapshot, most, "stacks of " + std::to_string(cut) + " threads");
    }
}

void drop_modules(Snapshot& snapshot, std::uint64_t most)
{
    add_hit(snapshot, most, std::to_string(snapshot.modules.size()) + " modules left out");
    snapshot.list_modules = false;
}

void drop_imports(Snapshot& snapshot, std::uint64_t most)
{
    std::size_t dropped = 0;
    for (Interpreter& interpreter : snapshot.interpreters) {
        dropped += std::size_t{interpreter.modules.has_value()};
        interpreter.modules.reset();
    }
    if (dropped != 0) {
        add_hit(snapshot, most, "list of Python modules left out");
    }
}

std::size_t drop_exceptions(Snapshot& snapshot, bool crashed)
{
    std::size_t dropped = 0;
    for (Thread& thread : snapshot.threads) {
        if (thread.exception && thread.crashed == crashed) {
            thread.exception.reset();
            thread.handled.clear();
            ++dropped;
        }
    }
    return dropped;
}

// The crashed thread's are the last to go.
void drop_exceptions(Report& report, std::uint64_t most)
{
    std::size_t dropped = 0;
    for (const bool crashed : {false, true}) {
        if (size_without_stacks(report) > most) {
            dropped += drop_exceptions(report.snapshot, crashed);
        }
    }
    if (dropped != 0) {
        add_hit(report.snapshot, most,
                "exceptions of " + std::to_string(dropped) + " threads left out");
    }
}

// Nine tenths, because threads differ in size: few rounds, and never one without progress.
std::size_t fewer(std::size_t threads, std::uint64_t size, std::uint64_t most)
{
    const double ratio = static_cast<double>(most) / static_cast<double>(size);
    return static_cast<std::size_t>(static_cast<double>(threads) * ratio * 0.9);
}

void drop_threads(Report& report, std::uint64_t most)
{
    Snapshot& snapshot = report.snapshot;
    const std::size_t before = snapshot.threads.size();
    std::uint64_t size = size_without_stacks(report);
    while (size > most && snapshot.threads.size() > 1) {
        snapshot.threads.resize(
            std::max<std::size_t>(1, fewer(snapshot.threads.size(), size, most)));
        size = size_without_stacks(report);
    }
    if (const std::size_t dropped = before - snapshot.threads.size(); dropped != 0) {
        forget_left_out_threads(report);
        add_hit(snapshot, most, std::to_string(dropped) + " threads left out");
    }
}

}  // namespace

void fit_to_size(Report& report, std::uint64_t most)
{
    Snapshot& snapshot = report.snapshot;
    const auto is_too_long = [&] { return size_without_stacks(report) > most; };
    if (is_too_long() && snapshot.list_modules && !snapshot.modules.empty()) {
        drop_modules(snapshot, most);
    }
    if (is_too_long()) {
        drop_imports(snapshot, most);
    }
    drop_exceptions(report, most);
    if (is_too_long()) {
        cut_deadlocks(report, most);
    }
    drop_threads(report, most);
    const std::uint64_t fixed = size_without_stacks(report);
    const std::uint64_t available = most > fixed ? most - fixed : 0;
    drop_variables(snapshot, most, available);
    cut_stacks(snapshot, most, available);
}

}  // namespace pycore
