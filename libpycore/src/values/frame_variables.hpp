#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "privacy/secret_filter.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "pycore/value.hpp"
#include "python/layout.hpp"
#include "values/code_slots.hpp"
#include "values/value_printer.hpp"

namespace pycore {

/// Where the names of one frame are: the addresses of its `_PyInterpreterFrame` and code object.
struct FramePlace {
    Address frame;
    Address code;
};

/// Reads the names of frames of one interpreter and prints their values. What it keeps is paid
/// from the budget; once that is spent, frames come back without variables and not complete. The
/// values of secret names are redacted.
class VariableReader {
public:
    /// All outlive this object.
    VariableReader(const Memory& memory,
                   const Layout& layout,
                   ValuePrinter& printer,
                   const Limits& limits,
                   Budget& budget,
                   SecretFilter& filter);

    /// Arguments, locals, cells and free variables in the order of the code object, as
    /// `frame.f_locals` has them, and besides those that are not bound.
    [[nodiscard]] FrameVariables read_locals(const FramePlace& place);

    /// Adds the namespace of a class body or module, `f_locals` of frames that have no fast ones.
    void add_namespace(const FramePlace& place, FrameVariables& into);

    /// Adds the names of the frame's module.
    void add_globals(const FramePlace& place, FrameVariables& into);

private:
    const CodeSlots& slots_of(Address code);
    void add_dict(Address dict, VariableKind kind, FrameVariables& into, std::vector<Variable>& to);
    void print(Variable& variable, Address value);
    bool add(Variable variable, Address value, std::vector<Variable>& to);
    [[nodiscard]] bool spent();

    const Memory& memory_;
    const Layout& layout_;
    ValuePrinter& printer_;
    const Limits& limits_;
    Budget& budget_;
    SecretFilter& filter_;
    std::unordered_map<std::uint64_t, CodeSlots> codes_;
};

}  // namespace pycore
