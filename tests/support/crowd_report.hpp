#pragma once

#include <cstddef>
#include <string>

#include "pycore/report.hpp"

namespace pycore::test {

/// A process of `threads` threads, each with `frames` Python frames that no other has, with
/// variables of `text`.
[[nodiscard]] Report crowd_report(std::size_t threads, std::size_t frames, const std::string& text);

/// Threads that wait for each other in a circle, and `behind` more that wait for the first lock.
[[nodiscard]] Report circle_report(std::size_t threads, std::size_t behind);

}  // namespace pycore::test
