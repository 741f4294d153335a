#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/value.hpp"
#include "python/layout.hpp"

namespace pycore {

/// What a code object says of one slot of its frames.
struct CodeSlot {
    std::string name;
    VariableKind kind = VariableKind::local;
    std::optional<ArgumentKind> argument;
    bool hidden = false;   ///< of an inlined comprehension: there only while it runs
    bool in_cell = false;  ///< the slot holds a cell with the value
};

struct CodeSlots {
    std::vector<CodeSlot> slots;
    bool complete = true;  ///< false: a limit left some out
};

/// The slots of frames of the code object at `code`, in their order. Names are paid from `budget`.
Result<CodeSlots> read_code_slots(
    const Memory& memory, const Layout& layout, Address code, const Limits& limits, Budget& budget);

/// The object that a word of a frame's slots or value stack refers to, or null.
[[nodiscard]] Address read_reference(const Layout& layout, Address word);

/// The object that a slot with this content is bound to, taken out of its cell, or null.
[[nodiscard]] Address read_slot(const Memory& memory,
                                const Layout& layout,
                                const CodeSlot& slot,
                                Address word);

}  // namespace pycore
