#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace pycore {

/// How far a batch is, on standard error: on a terminal a bar in one line that is rewritten in
/// place, elsewhere a line for each core.
class BatchProgress {
public:
    explicit BatchProgress(std::size_t total);
    BatchProgress(const BatchProgress&) = delete;
    BatchProgress& operator=(const BatchProgress&) = delete;
    ~BatchProgress() { clear(); }

    /// One more is over. Both texts are printable. On a terminal only failures stay to be read.
    void add(const std::string& name, const std::string& outcome, bool failed);

    /// Redraws the bar when it is time to.
    void tick();

    /// Takes the bar away.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    void draw();
    [[nodiscard]] std::string time_left() const;

    std::size_t total_;
    std::size_t done_ = 0;
    std::size_t failed_ = 0;
    bool on_terminal_ = false;
    bool shown_ = false;
    Clock::time_point started_ = Clock::now();
    Clock::time_point drawn_ = started_;
};

/// The bar and its words, at most `width` columns.
[[nodiscard]] std::string progress_bar(std::size_t done,
                                       std::size_t total,
                                       std::size_t failed,
                                       const std::string& time_left,
                                       std::size_t width);

}  // namespace pycore
