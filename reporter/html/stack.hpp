#pragma once

#include <cstddef>

#include "html/html_report.hpp"

namespace pycore::html {

/// The frames of one thread, innermost first; of more than `most_items` lines those in the middle
/// are left out, as are all that follow when the page is full.
void write_stack(Page& page, const View& view, const Thread& thread, std::size_t most_items);

/// The variables of a frame, in a fold that is `open` or not; nothing where there are none.
void write_variables(Page& page, const FrameVariables& variables, bool open);

/// The exceptions of a thread, as Python prints them.
void write_exceptions(Page& page, const Thread& thread);

}  // namespace pycore::html
