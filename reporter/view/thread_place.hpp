#pragma once

#include <string>

#include "pycore/snapshot.hpp"

namespace pycore {

/// Where a thread is in the program: "Image.load (program.py:18)", of its innermost Python frame;
/// else its innermost C function: "memcpy in libc.so.6". Empty without frames. Not printable yet.
std::string place_text(const Snapshot& snapshot, const Thread& thread);

/// One frame in one line: "Image.load (program.py:18)", "C memcpy in libc.so.6".
std::string short_frame_text(const Snapshot& snapshot, const StackFrame& frame);

}  // namespace pycore
