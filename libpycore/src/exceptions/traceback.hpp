#pragma once

#include <vector>

#include "exceptions/source.hpp"
#include "pycore/exception.hpp"

namespace pycore {

struct Traceback {
    std::vector<TracebackEntry> entries;  ///< outermost first
    bool complete = true;                 ///< false: a limit or a fault left entries out
};

/// The traceback at `first`, null for none. Where it is longer than `limits.max_frames`, its ends
/// are kept. Takes what it walks and keeps from the budget.
Traceback read_traceback(ExceptionSource& source, Address first);

/// What a report needs for `size` bytes of text; false when the budget does not have it.
[[nodiscard]] bool pay_text(Budget& budget, std::size_t size);

}  // namespace pycore
