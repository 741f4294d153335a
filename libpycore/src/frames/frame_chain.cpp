#include "frames/frame_chain.hpp"

#include <utility>

#include "base/cycle_guard.hpp"
#include "base/try.hpp"
#include "frames/cframes.hpp"
#include "frames/chain_builder.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

struct LinkAndPrevious {
    FrameLink link;
    Address previous;
};

Result<LinkAndPrevious> read_link(const Memory& memory, const FrameLayout& frame, Address at)
{
    constexpr std::uint64_t alignment = 8;
    if (at.value % alignment != 0) {
        return Fault{FaultCode::bad_format, at.value, "frame"};
    }
    PYCORE_TRY(const Record record, Record::read(memory, at, frame.size, "frame"));
    PYCORE_TRY(const Address previous, record.get(frame.previous));
    PYCORE_TRY(const Address code, record.get(frame.code));
    PYCORE_TRY(const Address instruction, record.get(frame.instruction));
    PYCORE_TRY(const std::uint8_t owner, record.get(frame.owner));
    return LinkAndPrevious{.link = {.at = at,
                                    .code = Address{code.value & ~frame.tag_mask},
                                    .instruction = instruction,
                                    .ends_segment = owner >= frame.first_shim_owner,
                                    .in_generator = owner == frame.owner_generator},
                           .previous = previous};
}

/// Follows `previous` from frame to frame, and `_PyCFrame`s where the version has them.
class ChainWalker {
public:
    ChainWalker(const Memory& memory, const Layout& layout, const Limits& limits, Budget& budget)
        : memory_(memory),
          layout_(layout),
          limits_(limits),
          budget_(budget),
          builder_(limits.max_frames),
          visits_(limits.max_frames)
    {
    }

    FrameChain walk(Address thread_state)
    {
        Address at = start(thread_state);
        while (at) {
            if (budget_.frames == 0 || budget_.deadline.passed()) {
                builder_.chain().stop = Stop::limit;
                break;
            }
            --budget_.frames;
            if (!visits_.first_visit(at)) {
                builder_.chain().stop = Stop::cycle;
                break;
            }
            pass_cframes(at);
            at = step(at);
        }
        if (builder_.chain().stop == Stop::finished) {
            end_open_cframe();
        }
        return std::move(builder_.chain());
    }

private:
    Address start(Address thread_state)
    {
        if (!layout_.thread.cframe.exists()) {
            const auto frame =
                read_field(memory_, thread_state, layout_.thread.current_frame, "thread state");
            return frame ? *frame : lost(frame.fault());
        }
        auto walk = walk_cframes(memory_, layout_, thread_state, limits_, budget_);
        cframes_ = std::move(walk.items);
        if (walk.fault) {
            builder_.chain().faults.push_back(*walk.fault);
        }
        if (cframes_.empty()) {
            builder_.chain().stop = walk.stop;
            return Address{};
        }
        return cframes_.front().current_frame;
    }

    [[nodiscard]] bool has_shims() const
    {
        return layout_.frame.first_shim_owner != FrameLayout{}.first_shim_owner;
    }

    /// Ends the segment of each eval loop whose caller's frame is `at`.
    void pass_cframes(Address at)
    {
        while (current_ + 1 < cframes_.size() && cframes_[current_ + 1].current_frame == at) {
            end_open_cframe();
            ++current_;
        }
    }

    void end_open_cframe()
    {
        if (!has_shims() && current_ < cframes_.size()) {
            builder_.add(FrameLink{
                .at = cframes_[current_].at, .code = {}, .instruction = {}, .ends_segment = true});
        }
    }

    Address step(Address at)
    {
        const auto read = read_link(memory_, layout_.frame, at);
        if (!read) {
            return lost(read.fault());
        }
        builder_.add(read->link);
        return read->previous;
    }

    /// Where to go on after a frame that cannot be read: the caller of this eval loop, where
    /// `_PyCFrame`s name it.
    Address lost(const Fault& fault)
    {
        builder_.chain().faults.push_back(fault);
        if (current_ + 1 < cframes_.size()) {
            return cframes_[current_ + 1].current_frame;
        }
        builder_.chain().stop = Stop::fault;
        return Address{};
    }

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Budget& budget_;
    ChainBuilder builder_;
    CycleGuard visits_;
    std::vector<CFrame> cframes_;
    std::size_t current_ = 0;  ///< the `_PyCFrame` whose segment is being walked
};

}  // namespace

FrameChain walk_frame_chain(const Memory& memory,
                            const Layout& layout,
                            Address thread_state,
                            const Limits& limits,
                            Budget& budget)
{
    return ChainWalker(memory, layout, limits, budget).walk(thread_state);
}

}  // namespace pycore
