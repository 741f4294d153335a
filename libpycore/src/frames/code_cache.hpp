#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "pycore/frame.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"

namespace pycore {

/// A code object, and what is needed to place its frames.
struct CodeObject {
    std::shared_ptr<const PythonCode> description;  ///< never null
    Address bytecode;
    std::int64_t units = 0;            ///< 0 when the object could not be read
    std::int64_t first_traceable = 0;  ///< frames before this unit are not complete yet
    std::vector<std::byte> line_table;
    bool fault_noted = false;    ///< thousands of frames may share it
    std::optional<Fault> fault;  ///< why a part of it is missing
    std::unordered_map<std::int64_t, SourcePosition> positions;  ///< by unit, filled as asked for
};

/// The code objects of one interpreter, each read once. Fifty thousand frames share a handful.
class CodeCache {
public:
    CodeCache(const Memory& memory, const Layout& layout, const Limits& limits)
        : memory_(memory), layout_(layout), limits_(limits)
    {
    }

    /// The code object at `at`; with a fault and empty names when it cannot be one. The reference
    /// stays good as long as the cache.
    CodeObject& find(Address at);

    /// The position of a unit of `code`. All absent when unknown, and once the tables read for
    /// this core add up to an amount that no real process needs.
    SourcePosition position(CodeObject& code, std::int64_t unit);

private:
    CodeObject read(Address at);
    Result<void> read_parts(Address at, PythonCode& description, CodeObject& code);

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    std::unordered_map<std::uint64_t, CodeObject> codes_;
    std::uint64_t table_bytes_walked_ = 0;
};

}  // namespace pycore
