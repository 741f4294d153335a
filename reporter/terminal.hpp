#pragma once

#include "options.hpp"

namespace pycore {

/// Whether a descriptor is a terminal that understands escape sequences.
[[nodiscard]] bool is_capable_terminal(int descriptor);

/// Whether an output is in color: by `--color`, else on a capable terminal without NO_COLOR.
[[nodiscard]] bool use_color(Color wanted, int descriptor);

}  // namespace pycore
