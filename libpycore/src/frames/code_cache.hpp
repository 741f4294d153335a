#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/budget.hpp"
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
    /// CPython's own helper (`_Py_InitCleanup` of 3.14), which it never shows: a code object in
    /// constant data, which a core holds only by way of the ELF file.
    bool internal = false;
    bool fault_noted = false;    ///< thousands of frames may share it
    std::optional<Fault> fault;  ///< why a part of it is missing
    std::unordered_map<std::int64_t, SourcePosition> positions;  ///< by unit, filled as asked for
};

/// Tells whether the process could not have written to an address.
using IsConstant = std::function<bool(Address)>;

/// The code objects of one interpreter, each read once. Fifty thousand frames share a handful.
class CodeCache {
public:
    /// Without `is_constant` no address is constant.
    CodeCache(const Memory& memory,
              const Layout& layout,
              const Limits& limits,
              Budget& budget,
              IsConstant is_constant = {})
        : memory_(memory),
          layout_(layout),
          limits_(limits),
          budget_(budget),
          is_constant_(std::move(is_constant))
    {
    }

    /// The code object at `at`; with a fault and empty names when it cannot be one. The reference
    /// stays good as long as the cache.
    CodeObject& find(Address at);

    /// The position of a unit of `code`. All absent when unknown, and once the budget is spent.
    SourcePosition position(CodeObject& code, std::int64_t unit);

private:
    CodeObject read(Address at);
    Result<void> read_parts(Address at, PythonCode& description, CodeObject& code);
    Result<std::string> read_name(Address at);
    Result<std::vector<std::byte>> read_table(Address at);
    [[nodiscard]] std::size_t affordable(std::size_t most) const;
    void spend(std::uint64_t bytes);

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Budget& budget_;
    IsConstant is_constant_;
    std::unordered_map<std::uint64_t, CodeObject> codes_;
};

}  // namespace pycore
