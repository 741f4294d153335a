#include "waits/references.hpp"

#include <unordered_map>
#include <utility>
#include <vector>

namespace pycore {
namespace {

constexpr int most_steps = 3;                 // from a frame's own variable
constexpr std::size_t most_frames = 200;      // of one thread, the innermost
constexpr std::size_t most_objects = 10'000;  // of one thread

/// Goes on from what a frame has at hand, step by step, and gives `found` each object it meets.
template <class Found>
void search(ObjectGraph& graph,
            std::vector<Address> at_hand,
            std::unordered_map<std::uint64_t, int>& seen,
            Found found)
{
    for (int step = 0; step <= most_steps && !at_hand.empty(); ++step) {
        std::vector<Address> next;
        for (const Address object : at_hand) {
            const auto known = seen.find(object.value);
            const bool is_new = known == seen.end();
            if (is_new ? seen.size() >= most_objects : known->second <= step) {
                continue;
            }
            seen[object.value] = step;
            found(object);
            if (step < most_steps) {
                const auto& references = graph.references_of(object);
                next.insert(next.end(), references.begin(), references.end());
            }
        }
        at_hand = std::move(next);
    }
}

}  // namespace

ObjectGraph* References::graph_of(std::size_t interpreter)
{
    auto& graph = graphs_[interpreter];
    PythonObjects* const objects = graph ? nullptr : objects_.find(interpreter);
    if (objects != nullptr) {
        graph = std::make_unique<ObjectGraph>(*objects);
    }
    return graph.get();
}

std::map<Address, std::size_t> References::find(std::size_t thread, const std::set<Address>& wanted)
{
    std::map<Address, std::size_t> found;
    std::unordered_map<std::uint64_t, int> seen;  // at which step
    const std::vector<StackFrame>& stack = input_.threads[thread].stack;
    std::size_t frames = 0;
    for (std::size_t i = 0; i < stack.size() && frames < most_frames; ++i) {
        const auto* const frame = std::get_if<PythonFrame>(&stack[i]);
        ObjectGraph* const graph = frame != nullptr ? graph_of(frame->interpreter) : nullptr;
        if (graph == nullptr) {
            continue;
        }
        if (found.size() == wanted.size() || input_.budget.deadline.passed()) {
            break;
        }
        ++frames;
        search(*graph, graph->roots_of(frame->address), seen, [&](Address object) {
            if (wanted.contains(object)) {
                found.emplace(object, i);
            }
        });
    }
    return found;
}

}  // namespace pycore
