#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/deadline.hpp"
#include "memory/module.hpp"
#include "pycore/frame.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/native_lines.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore {

/// Turns physical frames into what reports show: named, with source lines and inlined functions.
/// What frames have in common is kept once.
class NativeCalls {
public:
    /// Without `lines` (null) no DWARF is opened. All outlive this object.
    NativeCalls(std::span<const Module> modules,
                NativeSymbols& symbols,
                NativeLines* lines,
                Deadline& deadline);

    /// The functions at frame `index` of `stack`, innermost first; the last is the physical one.
    /// For the frame that `crashed` no way to its name is too slow.
    std::vector<NativeCall> describe(const NativeStack& stack, std::size_t index, bool crashed);

private:
    using Places = std::vector<std::shared_ptr<const NativePlace>>;

    const Places& places_of(const NativeFrame& frame, const NativeFrame* caller, bool crashed);
    [[nodiscard]] Places find_places(const NativeFrame& frame,
                                     const NativeFrame* caller,
                                     bool crashed);

    std::span<const Module> modules_;
    NativeSymbols& symbols_;
    NativeLines* lines_;
    Deadline& deadline_;
    // By address and caller: the same code may have two names, and the caller knows which it meant.
    std::map<std::pair<Address, Address>, Places> known_;
};

}  // namespace pycore
