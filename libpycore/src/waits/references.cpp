#include "waits/references.hpp"

#include <algorithm>
#include <unordered_set>

namespace pycore {
namespace {

constexpr int most_steps = 3;                  // from a frame's own variable
constexpr std::size_t most_frames = 200;       // of one thread, the innermost
constexpr std::size_t most_roots = 1 << 20;    // of all frames
constexpr std::size_t most_objects = 1 << 18;  // to go on from
constexpr std::size_t most_near = 1 << 20;     // pairs of an object and what it refers to

}  // namespace

References::References(const WaitInput& input,
                       InterpreterObjects& objects,
                       const std::set<Address>& wanted)
    : input_(input), objects_(objects)
{
    if (wanted.empty()) {
        return;
    }
    read_roots();
    follow();
    for (const Address object : wanted) {
        find_near(object);
    }
}

ObjectGraph* References::graph_of(std::size_t interpreter)
{
    auto& graph = graphs_[interpreter];
    PythonObjects* const objects = graph ? nullptr : objects_.find(interpreter);
    if (objects != nullptr) {
        graph = std::make_unique<ObjectGraph>(*objects);
    }
    return graph.get();
}

void References::read_roots()
{
    std::size_t room = most_roots;
    std::unordered_set<std::uint64_t> seen;
    frames_.resize(input_.threads.size());
    for (std::size_t thread = 0; thread < input_.threads.size(); ++thread) {
        const std::vector<StackFrame>& stack = input_.threads[thread].stack;
        for (std::size_t i = 0; i < stack.size() && frames_[thread].size() < most_frames; ++i) {
            const auto* const frame = std::get_if<PythonFrame>(&stack[i]);
            ObjectGraph* const graph = frame != nullptr ? graph_of(frame->interpreter) : nullptr;
            if (graph == nullptr) {
                continue;
            }
            if (room == 0 || input_.budget.deadline.passed()) {
                return;
            }
            std::vector<Address> roots = graph->roots_of(frame->address);
            roots.resize(std::min(roots.size(), room));
            room -= roots.size();
            std::ranges::copy_if(roots, std::back_inserter(at_hand_[frame->interpreter]),
                                 [&](Address root) { return seen.insert(root.value).second; });
            frames_[thread].push_back({.index = i, .roots = std::move(roots)});
        }
    }
}

void References::follow()
{
    std::unordered_set<std::uint64_t> seen;
    for (auto& [interpreter, objects] : at_hand_) {
        ObjectGraph& graph = *graph_of(interpreter);
        for (int step = 0; step < most_steps && !objects.empty(); ++step) {
            std::vector<Address> next;
            for (const Address object : objects) {
                if (seen.size() >= most_objects || !seen.insert(object.value).second) {
                    continue;
                }
                for (const Address reference : graph.references_of(object)) {
                    referrers_[reference.value].push_back(object);
                    next.push_back(reference);
                }
            }
            objects = std::move(next);
        }
    }
}

void References::find_near(Address wanted)
{
    std::unordered_set<std::uint64_t> seen{wanted.value};
    std::vector<Address> ring{wanted};
    for (int step = 0; step <= most_steps && !ring.empty(); ++step) {
        std::vector<Address> next;
        for (const Address object : ring) {
            if (++kept_ > most_near || input_.budget.deadline.passed()) {
                return;
            }
            near_[object.value].push_back(wanted);
            const auto referrers = referrers_.find(object.value);
            if (step == most_steps || referrers == referrers_.end()) {
                continue;
            }
            for (const Address referrer : referrers->second) {
                if (seen.insert(referrer.value).second) {
                    next.push_back(referrer);
                }
            }
        }
        ring = std::move(next);
    }
}

std::map<Address, std::size_t> References::find(std::size_t thread) const
{
    std::map<Address, std::size_t> found;
    if (thread >= frames_.size()) {
        return found;
    }
    for (const Frame& frame : frames_[thread]) {
        for (const Address root : frame.roots) {
            const auto known = near_.find(root.value);
            if (known == near_.end()) {
                continue;
            }
            for (const Address object : known->second) {
                found.emplace(object, frame.index);
            }
        }
    }
    return found;
}

}  // namespace pycore
