#pragma once

#include <cstdint>
#include <string_view>

#include "pycore/frame.hpp"
#include "text/styled_text.hpp"

namespace pycore {

enum class Underline : std::uint8_t { none, columns };

/// A line of source below the frame that is at it, in the look of Python's tracebacks: without its
/// indentation, and with `^` below the columns of `position` unless these are all of it. A line
/// that is too long for a terminal is cut around them. `margin` is what the lines around begin
/// with.
void write_source(StyledText& out,
                  const SourceLine& line,
                  const SourcePosition& position,
                  Underline underline,
                  std::string_view margin = {});

}  // namespace pycore
