#pragma once

#include <cstddef>
#include <string_view>

#include "text/styled_text.hpp"

namespace pycore {

/// Blanks before the first line of a paragraph, and before the others.
struct Indent {
    std::size_t first = 2;
    std::size_t rest = 6;
};

/// A paragraph, broken to the width of the output between words only: a path or a build id has to
/// stay in one piece to be copied. `printable` is what `to_printable` returned, or ours.
void write_wrapped(StyledText& out,
                   std::string_view printable,
                   Indent indent = {},
                   Style style = Style::plain);

}  // namespace pycore
