#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "signature/native_tokens.hpp"

namespace pycore {

/// The Python functions of a stack from `begin` on, innermost first, each once, so that the depth
/// of a recursion is nothing to them: at most `most`. Plumbing is passed over where there is more
/// than that.
[[nodiscard]] std::vector<std::string> python_tokens(const Thread& thread,
                                                     std::size_t begin,
                                                     std::size_t most);

/// Those that a stack which overflowed has again and again, by their text.
[[nodiscard]] std::vector<std::string> repeated_python_tokens(const Thread& thread,
                                                              std::size_t begin,
                                                              std::size_t most);

}  // namespace pycore
