#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "view/stack_rows.hpp"

namespace pycore {

/// One line of a whole stack: a frame, or what stands for frames that are not shown.
struct StackItem {
    enum class Kind : std::uint8_t {
        frame,
        interpreter,  ///< `count` frames of the interpreter itself
        repeat,       ///< the `period` items before, `count` times more: recursion
        omitted,      ///< `count` frames that a limit left out
        incomplete    ///< the stack ends here, and the process's did not
    };
    Kind kind = Kind::frame;
    const StackFrame* frame = nullptr;  ///< of `frame` only
    std::uint64_t count = 0;
    std::size_t period = 1;
};

/// The stack of `thread`, which the items point into, innermost first. Without a folder each frame
/// of the interpreter is an item of its own; recursion is folded in any case.
std::vector<StackItem> stack_items(const Thread& thread, const StackFolder* folder);

/// What stands for the frames of an item that is no frame: "8 interpreter frames".
std::string words_of(const StackItem& item);

}  // namespace pycore
