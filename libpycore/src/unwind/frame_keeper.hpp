#pragma once

#include <algorithm>
#include <cstddef>

#include "pycore/native_frame.hpp"

namespace pycore {

/// Drops frames from the middle of a stack that grows too long.
class FrameKeeper {
public:
    FrameKeeper(NativeStack& stack, std::size_t most)
        : stack_(stack), most_(std::max<std::size_t>(most, 4)), outermost_(most_ / 4)
    {
    }

    void add(const NativeFrame& frame)
    {
        stack_.frames.push_back(frame);
        if (stack_.frames.size() == most_ + outermost_) {
            drop(outermost_);
        }
    }

    void finish()
    {
        if (stack_.frames.size() > most_) {
            drop(stack_.frames.size() - most_);
        }
    }

private:
    void drop(std::size_t count)
    {
        stack_.omitted_after = most_ - outermost_;
        stack_.omitted += count;
        const auto first =
            stack_.frames.begin() + static_cast<std::ptrdiff_t>(stack_.omitted_after);
        stack_.frames.erase(first, first + static_cast<std::ptrdiff_t>(count));
    }

    NativeStack& stack_;
    std::size_t most_;
    std::size_t outermost_;
};

}  // namespace pycore
