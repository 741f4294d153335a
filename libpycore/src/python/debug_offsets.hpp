#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "python/layout.hpp"

namespace pycore {

/// Where `_Py_DebugOffsets` keeps the size of a whole struct.
struct StructSize {
    std::string_view group;  ///< as in `Layout`: "thread"
    std::uint32_t at = 0;
};

/// The shape of one version's `_Py_DebugOffsets`, the table at the start of `_PyRuntime` in which
/// CPython tells debuggers its own offsets.
struct DebugOffsets {
    std::uint32_t length = 0;  ///< bytes of the whole table
    /// A table of positions: `.thread = {.next = {168}}` says that the offset of `thread.next` is
    /// kept 168 bytes into `_Py_DebugOffsets`. What it does not hold is left out.
    Layout at;
    std::span<const StructSize> sizes;  ///< of every group in `at`
    std::uint32_t gc = 0;               ///< position of the offset of the collector's state
    std::uint32_t gc_size = 0;
    std::uint32_t gc_collecting = 0;  ///< position of an offset inside the collector's state
};

/// True when the memory at `runtime` starts like a `_Py_DebugOffsets` of this minor version.
[[nodiscard]] bool starts_with_debug_offsets(const Memory& memory,
                                             Address runtime,
                                             const PythonVersion& version);

/// `table` with the process's own values where they can be right. A fault when the process has no
/// such table, or one of another version, flavour or shape: then nothing of it is to be used.
[[nodiscard]] Result<RefinedLayout> refine_by(const DebugOffsets& offsets,
                                              const Layout& table,
                                              const Memory& memory,
                                              Address runtime);

}  // namespace pycore
