#include "progress.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>

#include "terminal.hpp"

namespace pycore {
namespace {

constexpr std::int64_t milliseconds_between = 100;

std::int64_t now()
{
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    return duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void print(const std::string& text)
{
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

ProgressLine::ProgressLine()
    : enabled_(is_capable_terminal(STDERR_FILENO)), next_(now() + milliseconds_between)
{
}

UnpackProgress ProgressLine::callback()
{
    if (!enabled_) {
        return {};
    }
    return [this](std::uint64_t unpacked, std::uint64_t done, std::uint64_t total) {
        show(unpacked, done, total);
    };
}

void ProgressLine::show(std::uint64_t unpacked, std::uint64_t done, std::uint64_t total)
{
    const std::int64_t time = now();
    if (time < next_) {
        return;
    }
    next_ = time + milliseconds_between;
    std::string line = "\r\x1b[Kunpacking: " + std::to_string(unpacked >> 20) + " MiB";
    if (total != 0) {
        line += ", " +
                std::to_string(static_cast<int>(100.0 * static_cast<double>(done) /
                                                static_cast<double>(total))) +
                " %";
    }
    print(line);
    shown_ = true;
}

void ProgressLine::clear()
{
    if (shown_) {
        print("\r\x1b[K");
        shown_ = false;
    }
}

}  // namespace pycore
