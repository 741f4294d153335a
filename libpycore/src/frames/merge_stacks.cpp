#include "frames/merge_stacks.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pycore {
namespace {

/// The stack that one C frame takes, where its callee's return and its own are both certain.
struct FrameExtent {
    Address low;
    Address high;
    std::size_t frame = 0;
};

/// A caller that was guessed may be some frames further out.
bool is_exact(const NativeStack& native, std::size_t index)
{
    if (!native.frames[index].cfa) {
        return false;
    }
    const std::size_t next = index + 1;
    if (next == native.frames.size() || (native.omitted != 0 && next == native.omitted_after)) {
        return true;
    }
    const Trust trust = native.frames[next].trust;
    return trust != Trust::scan && trust != Trust::frame_pointer;
}

/// Sorted by address. Stacks of signal handlers lie elsewhere, so that frames need not be.
std::vector<FrameExtent> extents_of(const NativeStack& native)
{
    std::vector<FrameExtent> extents;
    extents.reserve(native.frames.size());
    for (std::size_t i = 0; i < native.frames.size(); ++i) {
        if (is_exact(native, i)) {
            extents.push_back({native.frames[i].sp, *native.frames[i].cfa, i});
        }
    }
    std::ranges::stable_sort(extents, {}, &FrameExtent::low);
    return extents;
}

std::optional<std::size_t> find_holder(const std::vector<FrameExtent>& extents, Address at)
{
    const auto above = std::ranges::upper_bound(extents, at, {}, &FrameExtent::low);
    if (above == extents.begin() || std::prev(above)->high <= at) {
        return std::nullopt;
    }
    return std::prev(above)->frame;
}

/// The highest stack pointer of each frame and those further in, so that it can be searched.
std::vector<Address> heights_of(const NativeStack& native)
{
    std::vector<Address> heights;
    heights.reserve(native.frames.size());
    for (const NativeFrame& frame : native.frames) {
        heights.push_back(heights.empty() ? frame.sp : std::max(heights.back(), frame.sp));
    }
    return heights;
}

/// Where segments go: in the place of a frame, or before it (`frames.size()`: behind all).
struct Plan {
    std::vector<std::vector<std::size_t>> instead;
    std::vector<std::vector<std::size_t>> before;
    std::vector<bool> placed;  ///< by segment
};

Plan plan_merge(const NativeStack& native, const std::vector<StackSegment>& segments)
{
    const std::size_t count = native.frames.size();
    const auto extents = extents_of(native);
    const auto heights = heights_of(native);
    Plan plan{.instead = std::vector<std::vector<std::size_t>>(count),
              .before = std::vector<std::vector<std::size_t>>(count + 1),
              .placed = std::vector<bool>(segments.size(), native.frames.empty())};
    std::size_t behind = 0;  // what the segment before this one is known to be behind of
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Address place = segments[i].c_stack;
        const auto holder = place ? find_holder(extents, place) : std::nullopt;
        if (holder) {
            plan.instead[*holder].push_back(i);
            plan.placed[i] = plan.instead[*holder].size() == 1;
            behind = *holder + 1;
            continue;
        }
        if (place) {
            const auto above = std::ranges::upper_bound(heights, place);
            behind = static_cast<std::size_t>(above - heights.begin());
        }
        plan.before[behind].push_back(i);
    }
    return plan;
}

class StackWriter {
public:
    StackWriter(std::vector<StackSegment>& segments, const Plan& plan)
        : segments_(segments), plan_(plan)
    {
    }

    void omit(std::uint64_t count, std::size_t before)
    {
        if (stack_.omitted) {
            stack_.omitted->count += count;
        } else {
            stack_.omitted = OmittedFrames{.before = before, .count = count};
        }
    }
    void omit(std::uint64_t count) { omit(count, stack_.frames.size()); }

    void add_segment(std::size_t index)
    {
        StackSegment& segment = segments_[index];
        if (segment.omitted) {
            omit(segment.omitted->count, stack_.frames.size() + segment.omitted->before);
        }
        for (PythonFrame& frame : segment.frames) {
            frame.placed = plan_.placed[index];
            stack_.frames.emplace_back(std::move(frame));
        }
        stack_.unplaced += std::size_t{!plan_.placed[index] && !segment.frames.empty()};
    }

    void add_segments(const std::vector<std::size_t>& indexes)
    {
        for (const std::size_t index : indexes) {
            add_segment(index);
        }
    }

    void add_calls(std::vector<NativeCall> calls, bool runs_python)
    {
        for (NativeCall& call : calls) {
            call.runs_python = runs_python;
            stack_.frames.emplace_back(std::move(call));
        }
    }

    /// Keeps the innermost and the outermost of what is more than `most`.
    MergedStack finish(std::size_t most)
    {
        if (stack_.frames.size() > most) {
            stack_.cut = true;
            const std::size_t dropped = stack_.frames.size() - most;
            std::size_t inner = most - most / 4;
            if (stack_.omitted) {  // one hole a stack: the cut is beside the one that is there
                const std::size_t hole = std::min(stack_.omitted->before, stack_.frames.size());
                inner = std::min(inner, hole);
                inner = std::max(inner, hole - std::min(hole, dropped));
            }
            const auto first = stack_.frames.begin() + static_cast<std::ptrdiff_t>(inner);
            stack_.frames.erase(first, first + static_cast<std::ptrdiff_t>(dropped));
            omit(dropped);
            stack_.omitted->before = inner;
        }
        return std::move(stack_);
    }

private:
    std::vector<StackSegment>& segments_;
    const Plan& plan_;
    MergedStack stack_;
};

}  // namespace

MergedStack merge_stacks(const NativeStack& native,
                         std::vector<StackSegment> segments,
                         NativeCalls& calls,
                         bool crashed,
                         std::size_t max_frames)
{
    const Plan plan = plan_merge(native, segments);
    StackWriter writer(segments, plan);
    for (std::size_t i = 0; i < native.frames.size(); ++i) {
        if (native.omitted != 0 && i == native.omitted_after) {
            writer.omit(native.omitted);
        }
        writer.add_segments(plan.before[i]);
        const bool interrupted = i == 0 || native.frames[i - 1].signal_frame;
        const bool runs_python = !plan.instead[i].empty();
        if (!runs_python || (crashed && interrupted)) {
            writer.add_calls(calls.describe(native, i, crashed && interrupted), runs_python);
        }
        writer.add_segments(plan.instead[i]);
    }
    writer.add_segments(plan.before.back());
    return writer.finish(max_frames);
}

}  // namespace pycore
