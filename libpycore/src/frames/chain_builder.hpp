#pragma once

#include <cstddef>

#include "frames/frame_chain.hpp"

namespace pycore {

/// Collects links, and drops those in the middle once there are too many.
class ChainBuilder {
public:
    explicit ChainBuilder(std::size_t max_links)
        : head_size_((max_links + 1) / 2), tail_size_(max_links / 2)
    {
    }

    void add(const FrameLink& link)
    {
        if (chain_.innermost.size() < head_size_ + tail_size_ && !chain_.cut) {
            chain_.innermost.push_back(link);
            return;
        }
        if (!chain_.cut) {
            chain_.cut = true;
            const auto middle = chain_.innermost.begin() + static_cast<std::ptrdiff_t>(head_size_);
            chain_.outermost.assign(middle, chain_.innermost.end());
            chain_.innermost.resize(head_size_);
        }
        chain_.outermost.push_back(link);
        if (chain_.outermost.size() > tail_size_) {
            chain_.dropped += chain_.outermost.front().ends_segment ? 0U : 1U;
            chain_.outermost.pop_front();
        }
    }

    [[nodiscard]] FrameChain& chain() { return chain_; }

private:
    std::size_t head_size_;
    std::size_t tail_size_;
    FrameChain chain_;
};

}  // namespace pycore
