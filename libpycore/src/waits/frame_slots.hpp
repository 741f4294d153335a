#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "pycore/frame.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/code_slots.hpp"

namespace pycore {

/// A name of a frame and the object it is bound to; of a cell what that holds.
struct NamedObject {
    std::string_view name;  ///< good as long as what read it
    Address object;
};

/// What frames of one interpreter refer to. What frames share is read once.
class FrameSlots {
public:
    /// All outlive this object.
    FrameSlots(const Memory& memory, const Layout& layout, const Limits& limits, Budget& budget)
        : memory_(memory), layout_(layout), limits_(limits), budget_(budget)
    {
    }

    /// Arguments, locals, cells and free variables that are bound.
    [[nodiscard]] std::vector<NamedObject> names(const PythonFrame& frame);
    /// The object `name` is bound to, or null.
    [[nodiscard]] Address find(const PythonFrame& frame, std::string_view name);

    /// The objects in all slots of the value stack, also in those above its top: what is there may
    /// be gone, or something else by now.
    [[nodiscard]] std::vector<Address> value_stack(const PythonFrame& frame);

    /// The dict of its module, or null.
    [[nodiscard]] Address globals(const PythonFrame& frame) const;
    /// Its module's `__name__`: also of a frozen module, whose file says nothing. May be empty.
    [[nodiscard]] const std::string& module_of(const PythonFrame& frame);

private:
    const CodeSlots& slots_of(Address code);
    [[nodiscard]] std::vector<Address> read_words(const PythonFrame& frame,
                                                  std::uint64_t first,
                                                  std::uint64_t count) const;

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Budget& budget_;
    std::unordered_map<std::uint64_t, CodeSlots> codes_;
    std::unordered_map<std::uint64_t, std::string> modules_;  ///< by their dicts
};

}  // namespace pycore
