#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "pycore/address.hpp"
#include "waits/exception_table.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// What of a frame's slots is there for certain, by the exception table of its code: a frame that
/// runs does not say how deep its value stack is, and what a call that waits has put there already
/// is not part of it.
struct FrameStack {
    Address code;
    std::int64_t unit = 0;
    std::vector<Address> slots;  ///< of the value stack, the outermost first; null where no object
    const std::vector<ExceptionRange>* ranges = nullptr;  ///< never null
};

/// The value stacks of frames of one interpreter.
class FrameStacks {
public:
    explicit FrameStacks(PythonObjects& objects) : objects_(objects) {}

    /// Of the `_PyInterpreterFrame` at `frame`. Nothing where it could not be read.
    [[nodiscard]] std::optional<FrameStack> read(Address frame);

    /// Arguments, locals, cells and free variables of it, and as much of its value stack as it
    /// says itself, which only one that is not running does.
    [[nodiscard]] std::vector<Address> read_variables(Address frame);

    /// The rest of its value stack, where it does not say how deep that is: what is there may have
    /// been left behind.
    [[nodiscard]] std::vector<Address> read_rest(Address frame);

    /// "eat (phi.py:9)": where the block was entered that has `depth` slots of the value stack.
    [[nodiscard]] std::string describe_block(const FrameStack& stack, std::int64_t depth);

private:
    struct CodeFacts {
        std::vector<ExceptionRange> ranges;
        std::int32_t variables = 0;  ///< slots before the value stack
        std::int32_t stack_size = 0;
    };

    [[nodiscard]] const CodeFacts& facts_of(Address code);
    [[nodiscard]] Result<CodeFacts> read_facts(Address code);
    [[nodiscard]] Result<FrameStack> read_stack(Address frame);
    [[nodiscard]] Result<std::optional<std::int64_t>> read_depth(Address frame,
                                                                 const CodeFacts& facts);
    [[nodiscard]] Result<Address> read_code(Address frame);
    [[nodiscard]] OpcodeRole role_at(const CodeObject& code, std::int64_t unit);
    [[nodiscard]] Result<std::vector<Address>> read_slots(Address frame,
                                                          std::int64_t first,
                                                          std::int64_t count);

    PythonObjects& objects_;
    std::map<Address, CodeFacts> codes_;
};

}  // namespace pycore
