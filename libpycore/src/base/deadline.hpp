#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

namespace pycore {

/// The end of the time that one analysis may take, or of its caller's patience. Ordinary cores
/// never come near it, so that it does not make two reports of one core differ.
class Deadline {
public:
    explicit Deadline(std::chrono::milliseconds most, std::function<bool()> cancelled = {})
        : end_(Clock::now() + std::min<std::chrono::milliseconds>(most, longest)),
          cancelled_(std::move(cancelled))
    {
    }

    /// True from the first time on that it was asked after the end. Looks at the clock only now
    /// and then: a step of a loop is cheaper than the clock.
    [[nodiscard]] bool passed()
    {
        constexpr std::uint32_t calls_a_look = 64;
        if (!passed_ && calls_++ % calls_a_look == 0) {
            look();
        }
        return passed_;
    }

    /// The same, and looks at once: for steps that are dear, such as one that reads a file.
    [[nodiscard]] bool passed_now()
    {
        if (!passed_) {
            look();
        }
        return passed_;
    }

    /// What is left by the clock: 0 when it is over.
    [[nodiscard]] std::chrono::milliseconds left() const
    {
        using std::chrono::milliseconds;
        return std::max(milliseconds(0),
                        std::chrono::duration_cast<milliseconds>(end_ - Clock::now()));
    }

    /// As it was when last asked.
    [[nodiscard]] bool has_passed() const { return passed_; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::hours longest{10'000};  // which a time point can hold

    void look() { passed_ = Clock::now() >= end_ || (cancelled_ && cancelled_()); }

    Clock::time_point end_;
    std::function<bool()> cancelled_;
    std::uint32_t calls_ = 0;
    bool passed_ = false;
};

}  // namespace pycore
