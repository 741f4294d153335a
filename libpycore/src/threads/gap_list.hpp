#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pycore/limits.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// The gaps of a snapshot, no more than a report may hold: a hostile core can make millions.
class GapList {
public:
    explicit GapList(const Limits& limits) : max_(limits.max_warnings) {}

    void add(Gap gap)
    {
        if (gaps_.size() < max_) {
            gaps_.push_back(std::move(gap));
        } else {
            ++dropped_;
        }
    }

    /// A gap about one read that failed.
    void add(const char* code,
             const std::string& what,
             const Fault& fault,
             std::optional<std::int32_t> thread = std::nullopt)
    {
        add(Gap{.code = code,
                .message = what + ": " + describe(fault),
                .address = Address{fault.where},
                .thread = thread});
    }

    /// Moves everything into `snapshot`.
    void move_to(Snapshot& snapshot)
    {
        snapshot.gaps = std::move(gaps_);
        snapshot.gaps_dropped = dropped_;
    }

private:
    std::size_t max_;
    std::vector<Gap> gaps_;
    std::uint64_t dropped_ = 0;
};

}  // namespace pycore
