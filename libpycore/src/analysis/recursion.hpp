#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// Frames that come again and again: `period` of them from `first` on, `rounds` times.
struct Recursion {
    std::size_t first = 0;
    std::size_t period = 0;
    std::size_t rounds = 0;
};

/// The pattern that fills most of `stack`; `rounds` is 0 where nothing repeats. Frames are equal
/// when their function is.
Recursion find_recursion(std::span<const StackFrame> stack);

}  // namespace pycore
