#include "frames/python_stack.hpp"

#include <algorithm>
#include <utility>

#include "frames/frame_chain.hpp"
#include "frames/instruction_index.hpp"

namespace pycore {
namespace {

/// Turns links into frames, segment by segment.
class StackBuilder {
public:
    explicit StackBuilder(CodeCache& codes) : codes_(codes) { stack_.segments.emplace_back(); }

    void add(const FrameLink& link)
    {
        if (link.ends_segment) {
            end_segment(link.at);
        } else {
            add_frame(link);
        }
    }

    void omit(std::uint64_t count)
    {
        StackSegment& segment = stack_.segments.back();
        segment.omitted = OmittedFrames{.before = segment.frames.size(), .count = count};
    }

    PythonStack finish()
    {
        const StackSegment& last = stack_.segments.back();
        if (last.frames.empty() && !last.omitted) {
            stack_.segments.pop_back();
        } else {
            end_segment(Address{});
            stack_.segments.pop_back();
        }
        return std::move(stack_);
    }

    void note(Address frame, const Fault& fault) { stack_.gaps.push_back({frame, fault}); }

private:
    void add_frame(const FrameLink& link)
    {
        CodeObject& code = codes_.find(link.code);
        if (code.internal) {
            return;
        }
        PythonFrame frame{.code = code.description, .position = {}, .address = link.at};
        if (code.fault && !std::exchange(code.fault_noted, true)) {
            note(link.at, *code.fault);
        }
        if (code.units != 0) {
            const auto index = instruction_index(code, link.instruction);
            if (index && !link.in_generator && *index < code.first_traceable) {
                return;
            }
            if (index) {
                frame.position = codes_.position(code, *index);
            } else {
                note(link.at,
                     Fault{FaultCode::bad_format, link.instruction.value, "instruction pointer"});
            }
        }
        stack_.segments.back().frames.push_back(std::move(frame));
    }

    void end_segment(Address c_stack)
    {
        StackSegment& segment = stack_.segments.back();
        segment.c_stack = c_stack;
        if (!segment.frames.empty()) {
            segment.frames.back().entry = true;
        }
        stack_.segments.emplace_back();
    }

    CodeCache& codes_;
    PythonStack stack_;
};

}  // namespace

PythonStack walk_python_stack(const Memory& memory,
                              const Layout& layout,
                              CodeCache& codes,
                              Address thread_state,
                              const Limits& limits,
                              Budget& budget)
{
    const FrameChain chain = walk_frame_chain(memory, layout, thread_state, limits, budget);
    StackBuilder builder(codes);
    const auto add_all = [&](const auto& links) {
        return std::ranges::all_of(links, [&](const FrameLink& link) {
            builder.add(link);
            return !budget.deadline.passed();
        });
    };
    bool in_time = add_all(chain.innermost);
    if (chain.cut) {
        builder.omit(chain.dropped);
    }
    in_time = in_time && add_all(chain.outermost);
    for (const Fault& fault : chain.faults) {
        builder.note(Address{fault.where}, fault);
    }
    PythonStack stack = builder.finish();
    stack.stop = in_time ? chain.stop : Stop::limit;
    stack.cut = chain.cut;
    stack.broken = !chain.faults.empty();
    return stack;
}

}  // namespace pycore
