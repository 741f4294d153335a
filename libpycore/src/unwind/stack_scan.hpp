#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "memory/module.hpp"
#include "pycore/address_space.hpp"
#include "pycore/core_file.hpp"

namespace pycore {

/// A word of the stack that looks like a return address.
struct ScannedCaller {
    Address slot;
    Address pc;
    bool checked = false;       ///< it follows a call, as far as instructions can be read
    bool signal_frame = false;  ///< or a signal frame lies right above it
    std::optional<std::uint64_t> frame_pointer;  ///< saved below it, if that looks like one
};

/// Where the process could execute.
struct CodeMap {
    const AddressSpace& memory;
    std::span<const Module> modules;  ///< know it where the core does not tell permissions

    [[nodiscard]] bool contains(Address at) const;
};

/// The nearest such word from `start` on, within one mapping and a bounded distance. `unchecked`
/// takes words too for which no instructions can be read.
std::optional<ScannedCaller> scan_for_caller(const CodeMap& code,
                                             Machine machine,
                                             Address start,
                                             bool unchecked);

/// The caller by the frame pointer chain: [fp] is the caller's, [fp + 8] the return address. Both
/// machines agree in that. Nothing when it is not one, or its return address is none.
std::optional<ScannedCaller> follow_frame_pointer(const CodeMap& code,
                                                  Machine machine,
                                                  Address sp,
                                                  std::optional<std::uint64_t> frame_pointer,
                                                  bool unchecked);

}  // namespace pycore
