#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "frames/code_cache.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// One instruction with what `EXTENDED_ARG` before it adds. Units are those of `co_code`, 2 bytes.
struct Instruction {
    std::int64_t unit = 0;  ///< of the opcode itself, behind its `EXTENDED_ARG`s
    std::int64_t next = 0;  ///< unit of the next one, behind the caches
    OpcodeRole role = OpcodeRole::opaque;
    std::uint32_t argument = 0;
};

/// The instructions of a code object from its start to the one that covers unit `last`, or to its
/// end. Ends before an opcode that is opaque. `unsupported` where the opcodes of this version are
/// not known, `limit_reached` for a function of a million units.
Result<std::vector<Instruction>> read_instructions(const Memory& memory,
                                                   const Layout& layout,
                                                   const CodeObject& code,
                                                   std::int64_t last);

/// The unit at which a frame is: of the instruction that it executes or waits in, or of one of that
/// one's caches. Of a frame that did not start yet -1.
Result<std::int64_t> read_unit(const Memory& memory,
                               const Layout& layout,
                               const CodeObject& code,
                               Address frame);

/// A loop: from the unit its backward jump leads to, up to behind that jump.
struct LoopUnits {
    std::int64_t first = 0;
    std::int64_t end = 0;
};

/// The smallest loop around `unit`.
[[nodiscard]] std::optional<LoopUnits> find_loop(const std::vector<Instruction>& code,
                                                 std::int64_t unit);

}  // namespace pycore
