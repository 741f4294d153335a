#include "frames/cframes.hpp"

#include <unordered_set>

#include "python/record.hpp"

namespace pycore {

Walk<CFrame> walk_cframes(const Memory& memory,
                          const Layout& layout,
                          Address thread_state,
                          const Limits& limits,
                          Budget& budget)
{
    Walk<CFrame> walk;
    std::unordered_set<std::uint64_t> seen;
    const auto root = offset_by(thread_state, layout.thread.root_cframe.offset);
    auto at = read_field(memory, thread_state, layout.thread.cframe, "thread state");
    while (at && *at && *at != root) {
        if (walk.items.size() == limits.max_frames || budget.cframes == 0) {
            walk.stop = Stop::limit;
            return walk;
        }
        --budget.cframes;
        if (!seen.insert(at->value).second) {
            walk.stop = Stop::cycle;
            return walk;
        }
        const auto frame = read_field(memory, *at, layout.cframe.current_frame, "cframe");
        if (!frame) {
            at = frame;
            break;
        }
        walk.items.push_back({*at, *frame});
        at = read_field(memory, *at, layout.cframe.previous, "cframe");
    }
    if (!at) {
        walk.stop = Stop::fault;
        walk.fault = at.fault();
    }
    return walk;
}

}  // namespace pycore
