#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "waits/acquire_calls.hpp"
#include "waits/lock_claims.hpp"

namespace pycore {

/// What all threads have as their frames say, by object.
class ClaimTable {
public:
    ClaimTable(const WaitInput& input, InterpreterObjects& objects);

    [[nodiscard]] std::span<const LockClaim> of(Address object) const;
    [[nodiscard]] const std::map<Address, std::vector<LockClaim>>& all() const { return claims_; }

    /// A thread in a block that can let go of its lock by hand, and is one of those that wait for
    /// it, does not have it.
    void drop_released(Address lock, std::span<const std::size_t> waiters);

private:
    void add_calls(const WaitInput& input, std::size_t thread, std::span<const AcquireCall> calls);

    std::map<Address, std::vector<LockClaim>> claims_;
};

}  // namespace pycore
