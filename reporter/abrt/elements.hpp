#pragma once

#include <cstddef>

#include "format.hpp"

namespace pycore::abrt {

/// Elements of text may have 8 MiB; what is attached to a bug report had better be smaller.
inline constexpr std::size_t max_element = std::size_t{1} << 20;

/// `python_backtrace`: the Python stack of the crashed thread as a traceback that satyr's parser
/// for Python reads, then those of the others. Empty without Python frames.
extern const Format python_backtrace;

/// `pycore_signature`: one line, its id and its text. Empty without a signature.
extern const Format signature;

}  // namespace pycore::abrt
