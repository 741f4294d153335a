#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "mutations.hpp"

namespace pycore::robustness {

/// A private copy of a core in memory that is broken and mended case after case.
class BrokenCore {
public:
    /// `pristine` must outlive the copy.
    explicit BrokenCore(std::span<const std::byte> pristine);
    BrokenCore(const BrokenCore&) = delete;
    BrokenCore(BrokenCore&&) = delete;
    BrokenCore& operator=(const BrokenCore&) = delete;
    BrokenCore& operator=(BrokenCore&&) = delete;
    ~BrokenCore();

    void apply(const Case& broken);
    void undo(const Case& broken);
    /// A name for it in the file system while this object lives.
    [[nodiscard]] std::string path() const
    {
        return "/proc/self/fd/" + std::to_string(descriptor_);
    }

private:
    void write(std::uint64_t offset, std::span<const std::byte> bytes);

    std::span<const std::byte> pristine_;
    int descriptor_ = -1;
};

}  // namespace pycore::robustness
