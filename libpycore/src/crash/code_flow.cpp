#include "crash/code_flow.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <vector>

namespace pycore {
namespace {

using x86::FlowState;

constexpr Label what = "code";
constexpr std::size_t longest_instruction = 15;
constexpr std::size_t most_steps = 2048;
// A call that does not return has no way on, though it looks as if: what comes next may be another
// function. So far a way is followed that leaves the part of the function before the call.
constexpr std::size_t most_steps_outside = 64;

std::optional<x86::Flow> step(const Memory& memory, Address at, FlowState& state)
{
    std::array<std::uint8_t, longest_instruction> bytes{};
    std::size_t count = bytes.size();
    // The last instruction of a mapping has less behind it.
    while (count > 0 &&
           !memory.read_bytes(at, std::as_writable_bytes(std::span(bytes).first(count)), what)) {
        --count;
    }
    return x86::step_over(std::span(bytes).first(count), state);
}

/// All ways from the start of a function to a call.
class Ways {
public:
    Ways(const Memory& memory, Address start, Address return_address)
        : memory_(memory), start_(start), return_address_(return_address)
    {
    }

    /// What holds at the call, whichever way led to it.
    std::optional<FlowState> follow()
    {
        arrive(start_, FlowState::at_entry(), 0);
        for (std::size_t count = 0; !waiting_.empty() && known_; ++count) {
            if (count == most_steps) {
                return std::nullopt;
            }
            const Address at = waiting_.back();
            waiting_.pop_back();
            leave(at, places_.at(at));
        }
        return known_ ? at_call_ : std::nullopt;
    }

private:
    struct Place {
        FlowState state;
        std::size_t steps_outside = 0;

        friend bool operator==(const Place&, const Place&) = default;
    };

    [[nodiscard]] bool is_outside(Address at) const { return at < start_ || at >= return_address_; }

    void arrive(Address at, const FlowState& state, std::size_t steps_outside)
    {
        if (steps_outside > most_steps_outside) {
            return;
        }
        const auto [place, is_new] =
            places_.emplace(at, Place{.state = state, .steps_outside = steps_outside});
        if (is_new) {
            waiting_.push_back(at);
            return;
        }
        Place& there = place->second;
        const Place before = there;
        there.state.keep_common(state);
        there.steps_outside = std::min(there.steps_outside, steps_outside);
        if (!there.state.has_stack()) {
            known_ = known_ && is_outside(at);
            return;
        }
        if (there != before) {
            waiting_.push_back(at);
        }
    }

    void leave(Address at, const Place& place)
    {
        FlowState state = place.state;
        const auto flow = step(memory_, at, state);
        const std::size_t steps_outside = is_outside(at) ? place.steps_outside + 1 : 0;
        if (!flow) {
            known_ = known_ && is_outside(at);
            return;
        }
        const Address next{at.value + static_cast<std::uint64_t>(flow->length)};
        if (next == return_address_) {
            known_ = known_ && flow->call;
            if (at_call_) {
                at_call_->keep_common(place.state);
            } else {
                at_call_ = place.state;
            }
            return;
        }
        if (flow->target && !flow->call) {
            arrive(Address{next.value + static_cast<std::uint64_t>(*flow->target)}, state,
                   steps_outside);
        }
        if (flow->falls_through) {
            arrive(next, state, steps_outside);
        }
    }

    const Memory& memory_;
    Address start_;
    Address return_address_;
    std::map<Address, Place> places_;
    std::vector<Address> waiting_;
    std::optional<FlowState> at_call_;
    bool known_ = true;
};

}  // namespace

std::optional<FlowState> find_state_at_call(const Memory& memory,
                                            Address start,
                                            Address return_address)
{
    return return_address > start ? Ways(memory, start, return_address).follow() : std::nullopt;
}

std::optional<Address> find_first_callee(const Memory& memory, Address start)
{
    constexpr std::size_t most_before = 16;
    FlowState state = FlowState::at_entry();
    Address at = start;
    for (std::size_t count = 0; count < most_before; ++count) {
        const auto flow = step(memory, at, state);
        if (!flow || (flow->target && !flow->call) || !flow->falls_through) {
            return std::nullopt;
        }
        at.value += static_cast<std::uint64_t>(flow->length);
        if (flow->call) {
            return flow->target ? std::optional(
                                      Address{at.value + static_cast<std::uint64_t>(*flow->target)})
                                : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace pycore
