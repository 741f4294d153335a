#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pycore/address.hpp"
#include "waits/object_graph.hpp"
#include "waits/python_objects.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// Finds which objects the frames of threads refer to, directly or through a few others. What
/// threads share is walked once: forwards from all frames together, then backwards from each object
/// that is looked for.
class References {
public:
    References(const WaitInput& input,
               InterpreterObjects& objects,
               const std::set<Address>& wanted);

    /// Those of `wanted` that the thread refers to, each with the innermost frame that does:
    /// index in `Thread::stack`.
    [[nodiscard]] std::map<Address, std::size_t> find(std::size_t thread) const;

private:
    struct Frame {
        std::size_t index = 0;  ///< in `Thread::stack`
        std::vector<Address> roots;
    };

    void read_roots();
    void follow();
    void find_near(Address wanted);
    [[nodiscard]] ObjectGraph* graph_of(std::size_t interpreter);

    const WaitInput& input_;
    InterpreterObjects& objects_;
    std::map<std::size_t, std::unique_ptr<ObjectGraph>> graphs_;
    std::vector<std::vector<Frame>> frames_;               ///< of each thread
    std::map<std::size_t, std::vector<Address>> at_hand_;  ///< of each interpreter, each once
    std::unordered_map<std::uint64_t, std::vector<Address>> referrers_;
    /// What of `wanted` an object refers to in no more steps than are allowed.
    std::unordered_map<std::uint64_t, std::vector<Address>> near_;
    std::size_t kept_ = 0;  ///< of `near_`
};

}  // namespace pycore
