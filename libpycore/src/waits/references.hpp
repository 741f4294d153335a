#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "pycore/address.hpp"
#include "waits/object_graph.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// Finds which objects the frames of threads refer to, directly or through a few others.
class References {
public:
    References(const WaitInput& input, InterpreterObjects& objects)
        : input_(input), objects_(objects)
    {
    }

    /// Those of `wanted` that the thread refers to, each with the innermost frame that does:
    /// index in `Thread::stack`.
    [[nodiscard]] std::map<Address, std::size_t> find(std::size_t thread,
                                                      const std::set<Address>& wanted);

private:
    [[nodiscard]] ObjectGraph* graph_of(std::size_t interpreter);

    const WaitInput& input_;
    InterpreterObjects& objects_;
    std::map<std::size_t, std::unique_ptr<ObjectGraph>> graphs_;
};

}  // namespace pycore
