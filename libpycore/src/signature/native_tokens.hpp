#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/module_roles.hpp"
#include "pycore/snapshot.hpp"

namespace pycore {

/// Frames of one stack, by their indices.
struct FrameSpan {
    const Thread& thread;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool foreign_only = false;  ///< not those of Python and the system
};

/// What native frames add to a signature.
struct NativeTokens {
    std::vector<std::string> names;  ///< innermost first, at most `most_native_tokens`
    std::string module;              ///< of the first frame that is not of Python or the system
    bool guessed = false;            ///< a name or the module is of a frame whose place is a guess
    bool offsets = false;            ///< a name is an offset: its module has no symbols
    bool interpreter = false;        ///< the name is of CPython's own, for want of another
    bool files_missing = false;      ///< of modules whose code was running
};

inline constexpr std::size_t most_native_tokens = 3;

/// Where a thread died in C: what is left of the frames when those of giving up, of the interpreter
/// and of the system are gone, up to the first one that is not in `names::prefix()`.
[[nodiscard]] NativeTokens tokens_of_crash(const Snapshot& snapshot,
                                           const ModuleRoles& roles,
                                           const FrameSpan& frames);

/// What Python called: the outermost function that is neither Python's nor the system's. Further in
/// it is chance where a living process is.
[[nodiscard]] NativeTokens tokens_of_call(const Snapshot& snapshot,
                                          const ModuleRoles& roles,
                                          const FrameSpan& frames);

/// What repeats in a stack that overflowed, by its text: where in its round it ends is chance.
[[nodiscard]] NativeTokens tokens_of_recursion(const Snapshot& snapshot,
                                               const ModuleRoles& roles,
                                               const FrameSpan& frames);

}  // namespace pycore
