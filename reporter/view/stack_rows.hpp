#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "pycore/snapshot.hpp"

namespace pycore {

/// One line of a stack: a frame, or a run of frames of the interpreter itself that tell nothing.
struct StackRow {
    const StackFrame* frame = nullptr;  ///< null for a run
    std::size_t folded = 0;             ///< frames of the run
};

/// Decides which frames tell nothing: native frames of CPython's own module between and outside of
/// Python frames, and the C library's below the outermost; never by name, and never where a thread
/// crashed, which is all that is further in than its innermost Python frame.
class StackFolder {
public:
    explicit StackFolder(const Snapshot& snapshot);

    /// The frames of `thread` from `first` up to `last`, which the rows point into.
    [[nodiscard]] std::vector<StackRow> rows(const Thread& thread,
                                             std::size_t first,
                                             std::size_t last) const;

private:
    std::set<std::size_t> interpreter_;  ///< modules that are CPython itself
    std::set<std::size_t> libc_;
};

/// The same, each frame on a line of its own.
std::vector<StackRow> unfolded_rows(const Thread& thread, std::size_t first, std::size_t last);

/// Equal to the reader: the same place, or as many folded frames.
bool same_row(const StackRow& a, const StackRow& b);

}  // namespace pycore
