#pragma once

#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "memory/module.hpp"
#include "pycore/native_frame.hpp"
#include "unwind/debug_info.hpp"
#include "unwind/native_symbols.hpp"

namespace pycore {

/// Source lines and inlined functions of native frames. DWARF is opened for the modules that are
/// asked for, and read for the functions that are asked for.
class NativeLines {
public:
    /// Both outlive this object.
    NativeLines(std::span<const Module> modules, NativeSymbols& symbols);

    /// What is at a frame's pc, innermost first: the functions inlined there, then the one of the
    /// frame itself. Empty when no DWARF tells.
    std::vector<SourceFrame> find(const NativeFrame& frame);

private:
    struct Opened {
        bool tried = false;
        std::unique_ptr<DebugInfo> debug_info;
    };

    DebugInfo* debug_info_of(std::size_t module);

    std::span<const Module> modules_;
    NativeSymbols& symbols_;
    std::vector<Opened> opened_;
    std::unordered_map<std::uint64_t, std::vector<SourceFrame>> known_;
};

}  // namespace pycore
