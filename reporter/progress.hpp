#pragma once

#include "pycore/core_file.hpp"

namespace pycore {

/// A line on standard error that is rewritten in place while a core is unpacked, and gone when
/// this is. Does nothing where standard error is not a terminal.
class ProgressLine {
public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    /// To be given to the library; empty where there is no terminal. Must not outlive this.
    [[nodiscard]] UnpackProgress callback();

    void clear();

private:
    void show(std::uint64_t unpacked, std::uint64_t done, std::uint64_t total);

    bool enabled_ = false;
    bool shown_ = false;
    std::int64_t next_ = 0;
};

}  // namespace pycore
