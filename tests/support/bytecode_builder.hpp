#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "python/layout.hpp"

namespace pycore::test {

/// Writes bytecode of a version by what its instructions do.
class BytecodeBuilder {
public:
    explicit BytecodeBuilder(const Layout& layout) : opcodes_(*layout.opcodes) {}

    [[nodiscard]] bool has(OpcodeRole role) const
    {
        return std::ranges::find(opcodes_, role, &Opcode::role) != opcodes_.end();
    }

    /// With `EXTENDED_ARG` before it where the argument needs it. Returns the unit of the opcode.
    std::int64_t add(OpcodeRole role, std::uint32_t argument = 0)
    {
        if (argument > 0xFF) {
            add(OpcodeRole::extended_argument, argument >> 8U);
        }
        const auto* const found = std::ranges::find(opcodes_, role, &Opcode::role);
        const auto unit = static_cast<std::int64_t>(bytes_.size() / 2);
        bytes_.push_back(static_cast<std::uint8_t>(found - opcodes_.begin()));
        bytes_.push_back(static_cast<std::uint8_t>(argument & 0xFFU));
        bytes_.insert(bytes_.end(), std::size_t{found->caches} * 2, 0);
        return unit;
    }

    /// A jump back to `unit`.
    std::int64_t jump_to(std::int64_t unit)
    {
        const auto* const found =
            std::ranges::find(opcodes_, OpcodeRole::jump_backward, &Opcode::role);
        const auto next = static_cast<std::int64_t>(bytes_.size() / 2) + 1 + found->caches;
        return add(OpcodeRole::jump_backward, static_cast<std::uint32_t>(next - unit));
    }

    [[nodiscard]] const std::vector<std::uint8_t>& bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::int64_t units() const
    {
        return static_cast<std::int64_t>(bytes_.size() / 2);
    }

private:
    const OpcodeTable& opcodes_;
    std::vector<std::uint8_t> bytes_;
};

}  // namespace pycore::test
