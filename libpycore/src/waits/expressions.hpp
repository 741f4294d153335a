#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frames/bytecode.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// What is on top of the value stack while bytecode runs from one instruction to the next, as far
/// as names, attributes and items tell it now: `self.forks[1]` and the like. No code of the process
/// is run: what would need that is unknown.
class Expressions {
public:
    /// `frame` runs the code that `names` and `constants` are of.
    Expressions(PythonObjects& objects,
                const PythonFrame& frame,
                const std::vector<Address>& names,
                const std::vector<Address>& constants)
        : objects_(objects), frame_(frame), names_(names), constants_(constants)
    {
    }

    /// Follows one instruction.
    void step(const Instruction& instruction);

    /// The object on top, or null.
    [[nodiscard]] Address top() const;

    /// The name that an instruction that loads an attribute looks up; empty for any other.
    [[nodiscard]] std::string attribute_name(const Instruction& instruction) const;

private:
    struct Operand {
        Address object;  ///< null: unknown
        std::optional<std::int64_t> number;
    };

    void push(Address object) { stack_.push_back(Operand{.object = object}); }
    Operand pop();
    [[nodiscard]] Address local(std::size_t index) const;
    [[nodiscard]] Address cell(std::size_t index) const;
    [[nodiscard]] Address name(std::size_t index, bool in_locals) const;
    [[nodiscard]] Address attribute(Address object, const std::string& name) const;
    [[nodiscard]] Address item(const Operand& container, const Operand& key) const;
    [[nodiscard]] std::string text_of(std::size_t name) const;

    PythonObjects& objects_;
    const PythonFrame& frame_;
    const std::vector<Address>& names_;
    const std::vector<Address>& constants_;
    std::vector<Operand> stack_;
};

}  // namespace pycore
