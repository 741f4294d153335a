#include "batch/batch_progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "terminal.hpp"

namespace pycore {
namespace {

constexpr std::chrono::milliseconds between_drawings{200};
constexpr std::size_t usual_width = 80;

// Where standard error is gone there is nobody to tell.
void print(const std::string& text)
{
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::size_t terminal_width()
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return usual_width;
    }
    return size.ws_col;
}

std::string two_digits(std::int64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string progress_bar(std::size_t done,
                         std::size_t total,
                         std::size_t failed,
                         const std::string& time_left,
                         std::size_t width)
{
    constexpr std::size_t longest = 40;
    constexpr std::size_t shortest = 5;
    std::string words = std::to_string(done) + "/" + std::to_string(total) + " cores";
    if (failed != 0) {
        words += ", " + std::to_string(failed) + " failed";
    }
    if (!time_left.empty()) {
        words += ", " + time_left + " left";
    }
    if (words.size() + shortest + 3 > width) {
        return words.substr(0, width);
    }
    const std::size_t length = std::min(longest, width - words.size() - 3);
    const std::size_t filled = total == 0 ? length : length * std::min(done, total) / total;
    return "[" + std::string(filled, '#') + std::string(length - filled, '.') + "] " + words;
}

BatchProgress::BatchProgress(std::size_t total)
    : total_(total), on_terminal_(is_capable_terminal(STDERR_FILENO))
{
}

void BatchProgress::add(const std::string& name, const std::string& outcome, bool failed)
{
    ++done_;
    failed_ += failed ? 1 : 0;
    if (!on_terminal_) {
        print("done " + std::to_string(done_) + "/" + std::to_string(total_) + " " + name + ": " +
              outcome + "\n");
        return;
    }
    if (failed) {
        clear();
        print(name + ": " + outcome + "\n");
    }
    tick();
}

void BatchProgress::tick()
{
    const auto now = Clock::now();
    if (on_terminal_ && now - drawn_ >= between_drawings) {
        drawn_ = now;
        draw();
    }
}

void BatchProgress::draw()
{
    // The last column stays free: some terminals go to the next line after it.
    const std::size_t width = std::max<std::size_t>(terminal_width(), 2) - 1;
    print("\r\x1b[K" + progress_bar(done_, total_, failed_, time_left(), width));
    shown_ = true;
}

void BatchProgress::clear()
{
    if (shown_) {
        print("\r\x1b[K");
        shown_ = false;
    }
}

// By the cores that are done. Nothing before there is something to go by.
std::string BatchProgress::time_left() const
{
    const auto passed = Clock::now() - started_;
    if (done_ == 0 || passed < std::chrono::seconds(1)) {
        return {};
    }
    using std::chrono::duration_cast;
    const auto left =
        passed * static_cast<std::int64_t>(total_ - done_) / static_cast<std::int64_t>(done_);
    const std::int64_t seconds = duration_cast<std::chrono::seconds>(left).count() + 1;
    if (seconds >= 3600) {
        return std::to_string(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
               two_digits(seconds % 60);
    }
    return std::to_string(seconds / 60) + ":" + two_digits(seconds % 60);
}

}  // namespace pycore
