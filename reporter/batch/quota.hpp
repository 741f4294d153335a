#pragma once

#include <cstdint>

#include "batch/output_folder.hpp"
#include "batch/plan.hpp"

namespace pycore {

/// How much the reports of a folder may take. It is exceeded by those that are under way.
class ReportQuota {
public:
    /// `folder` outlives it.
    ReportQuota(const OutputFolder& folder, std::uint64_t most);

    /// When it is full: takes away reports whose core is gone, the oldest first, and has the plan
    /// forget them.
    void make_room(BatchPlan& plan, const CoreSearch& search);

    void add(const BatchEntry& entry);

    [[nodiscard]] bool is_full() const noexcept { return used_ >= most_; }

private:
    [[nodiscard]] std::uint64_t size_of(const BatchEntry& entry) const;

    const OutputFolder& folder_;
    std::uint64_t most_;
    std::uint64_t used_ = 0;
};

}  // namespace pycore
