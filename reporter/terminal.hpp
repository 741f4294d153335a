#pragma once

#include <cstddef>

#include "options.hpp"

namespace pycore {

/// Whether a descriptor is a terminal that understands escape sequences.
[[nodiscard]] bool is_capable_terminal(int descriptor);

/// Columns of the terminal that an output goes to; 80 where it goes elsewhere.
[[nodiscard]] std::size_t columns_of(int descriptor);

/// Whether an output is in color: by `--color`, else on a capable terminal without NO_COLOR.
[[nodiscard]] bool use_color(Color wanted, int descriptor);

}  // namespace pycore
