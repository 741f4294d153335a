#pragma once

#include <string_view>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// An exception of a thread, which Python would print with those it came from.
struct ShownException {
    std::string_view introduction;  ///< ours: "An exception was being raised:"
    const Exception* exception = nullptr;
};

/// The exceptions of a thread, each object once, the innermost first.
std::vector<ShownException> shown_exceptions(const Thread& thread);

}  // namespace pycore
