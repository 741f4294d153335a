#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_set>

#include "pycore/address.hpp"

namespace pycore {

/// Notices a chain that runs in a circle: the first items are all remembered; of the rest one, and
/// that anew each time as many have passed as before it (Brent's way), so that memory stays small.
class CycleGuard {
public:
    explicit CycleGuard(std::size_t max_remembered) : max_remembered_(max_remembered) {}

    /// False when `at` was there before.
    bool first_visit(Address at)
    {
        if (seen_.size() < max_remembered_) {
            return seen_.insert(at.value).second;
        }
        if (at == mark_) {
            return false;
        }
        if (++since_mark_ > span_) {
            mark_ = at;
            since_mark_ = 0;
            span_ *= 2;
        }
        return true;
    }

private:
    std::size_t max_remembered_;
    std::unordered_set<std::uint64_t> seen_;
    Address mark_;
    std::size_t since_mark_ = 0;
    std::size_t span_ = 1;
};

}  // namespace pycore
