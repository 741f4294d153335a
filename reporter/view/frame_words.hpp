#pragma once

#include <string>
#include <string_view>

#include "pycore/snapshot.hpp"

namespace pycore {

// What is told of one frame, in its parts. Text from the core, not printable yet.

struct NativeWords {
    std::string name;        ///< "memcpy", "libfoo.so+0x12a0", "0x7f10"
    std::string source;      ///< "copy.c:12", "copy.c:12, inlined"; empty: nothing to say
    std::string module;      ///< "libc.so.6"; empty where it is not known, or in the name
    std::string_view doubt;  ///< ours: "a guess", "no code is there"; empty: none
};

/// Not of a signal frame, for which there is `signal_frame_text`.
NativeWords native_words(const Snapshot& snapshot, const NativeCall& call);

inline constexpr std::string_view signal_frame_text = "<a signal handler was called>";

struct PythonWords {
    std::string name;  ///< the qualified name; "???" where it is not known, as in tracebacks
    std::string file;  ///< the same
    std::string line;  ///< the same
};

PythonWords python_words(const PythonFrame& frame);

}  // namespace pycore
