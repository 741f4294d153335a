#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "python/opcodes.hpp"

namespace pycore {

/// Where an exception in some code units is handled, and how much of the value stack is there for
/// all of them: `depth` slots.
struct ExceptionRange {
    std::int64_t start = 0;
    std::int64_t end = 0;     ///< exclusive
    std::int64_t target = 0;  ///< the unit the handler starts at
    std::int64_t depth = 0;
};

/// The entries of `co_exceptiontable`, up to the first that is malformed.
[[nodiscard]] std::vector<ExceptionRange> read_exception_ranges(std::span<const std::byte> table);

/// The innermost one that `unit` lies in, or null.
[[nodiscard]] const ExceptionRange* find_range(std::span<const ExceptionRange> ranges,
                                               std::int64_t unit);

/// A unit that has as much of the value stack as `unit`, and an entry. From 3.14 on the compiler
/// leaves the conditional jump at the end of a block, and the jump back that may follow it, out of
/// the entry that the block has: they belong to what comes before them. `role` is what the opcode
/// at `unit` does. `unit` itself where it has an entry, or none is near.
[[nodiscard]] std::int64_t find_covered_unit(std::span<const ExceptionRange> ranges,
                                             std::int64_t unit,
                                             OpcodeRole role);

/// The unit after the one that entered the block which has `depth` slots of the value stack at
/// `unit`: the outermost handler of that depth tells. -1 where there is none.
[[nodiscard]] std::int64_t find_block_start(std::span<const ExceptionRange> ranges,
                                            std::int64_t unit,
                                            std::int64_t depth);

}  // namespace pycore
