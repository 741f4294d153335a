#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace pycore::x86 {

/// What is known about the content of a register or of a slot on the stack.
struct Value {
    enum class Kind : std::uint8_t {
        unknown,
        argument,  ///< of the function, as it was called: `number` 0 to 5
        stack      ///< an address: `number` counts from the sp that the function was entered with
    };
    Kind kind = Kind::unknown;
    std::int64_t number = 0;

    friend bool operator==(const Value&, const Value&) noexcept = default;
};

/// What is known between two instructions of a function.
class FlowState {
public:
    std::array<Value, 16> registers;
    std::map<std::int64_t, Value> slots;  ///< eight bytes each, by their place as `Value::stack`

    /// At a function's first instruction, by the calling convention of System V.
    static FlowState at_entry();

    /// Forgets what is not so in `other` too.
    void keep_common(const FlowState& other);

    /// Something was written to `size` bytes of the stack.
    void overwrite(std::int64_t at, std::int64_t size);

    /// Whether it is known where sp points to.
    [[nodiscard]] bool has_stack() const noexcept;

    friend bool operator==(const FlowState&, const FlowState&) = default;
};

/// Where execution goes on after an instruction.
struct Flow {
    std::int64_t length = 0;
    /// Of a jump or call, counted from the end of the instruction.
    std::optional<std::int64_t> target = std::nullopt;
    bool falls_through = true;
    bool call = false;
};

/// Takes `state` over the instruction at the start of `bytes`. Nothing, and an unspecified state,
/// for what compilers seldom make: its effect is not known here.
std::optional<Flow> step_over(std::span<const std::uint8_t> bytes, FlowState& state);

}  // namespace pycore::x86
