#include <map>

#include "python/record.hpp"
#include "waits/native_wait.hpp"

namespace pycore {
namespace {

/// Up to 3.11 the GIL is part of the runtime; from 3.12 on each interpreter points to its own, or
/// to the main one's.
std::optional<Address> find_gil(const WaitInput& input, std::size_t interpreter)
{
    const Layout& layout = *input.layouts[interpreter];
    const Interpreter& self = input.interpreters[interpreter];
    if (layout.runtime.gil.exists()) {
        return offset_by(self.runtime, layout.runtime.gil.offset);
    }
    const auto at = read_field(input.memory, self.address, layout.interpreter.gil, "interpreter");
    return at && *at ? std::optional(*at) : std::nullopt;
}

/// The thread that each thread state belongs to.
using StateThreads = std::map<Address, std::size_t>;

StateThreads threads_of_states(const WaitInput& input)
{
    StateThreads threads;
    for (std::size_t i = 0; i < input.contexts.size(); ++i) {
        for (const OwnThreadState& state : input.contexts[i].states) {
            threads.emplace(state.at, i);
        }
    }
    return threads;
}

std::optional<Gil> read_gil(const WaitInput& input,
                            const StateThreads& threads,
                            std::size_t interpreter)
{
    const auto at = find_gil(input, interpreter);
    if (!at) {
        return std::nullopt;
    }
    const GilLayout& layout = input.layouts[interpreter]->gil;
    const auto locked = read_field(input.memory, *at, layout.locked, "GIL");
    const auto holder = read_field(input.memory, *at, layout.last_holder, "GIL");
    if (!locked || !holder || *locked < 0 || *locked > 1) {
        return std::nullopt;
    }
    // Once it is let go, `last_holder` says nothing.
    Gil gil{.address = *at, .held = *locked == 1};
    const auto thread = threads.find(*holder);
    if (gil.held && thread != threads.end()) {
        gil.holder = thread->second;
    }
    return gil;
}

}  // namespace

std::vector<std::optional<Gil>> read_gils(const WaitInput& input)
{
    const StateThreads threads = threads_of_states(input);
    std::vector<std::optional<Gil>> gils;
    gils.reserve(input.interpreters.size());
    for (std::size_t i = 0; i < input.interpreters.size(); ++i) {
        gils.push_back(read_gil(input, threads, i));
    }
    return gils;
}

}  // namespace pycore
