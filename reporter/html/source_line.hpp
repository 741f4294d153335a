#pragma once

#include "html/page.hpp"
#include "pycore/frame.hpp"

namespace pycore::html {

/// A line of source without its indentation; the columns of `position` are marked unless these are
/// all of it. A long line is cut around them.
void write_source(Page& page, const SourceLine& line, const SourcePosition& position);

}  // namespace pycore::html
