#pragma once

#include "pycore/snapshot.hpp"
#include "text/styled_text.hpp"

namespace pycore {

/// The exceptions of a thread as Python prints them, further to the right: a message may have
/// lines that look like ours. Nothing where it has none.
void write_exceptions(StyledText& out, const Thread& thread);

}  // namespace pycore
