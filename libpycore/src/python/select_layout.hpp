#pragma once

#include <optional>
#include <span>

#include "python/layout.hpp"

namespace pycore {

/// The layout to read one process with, and how far to believe it.
struct SelectedLayout {
    RefinedLayout refined;
    bool extrapolated = false;          ///< as in `LayoutChoice`
    std::optional<Fault> refine_fault;  ///< why the process's own offsets could not be used
};

/// The chosen table, corrected by the process where it can be. Nothing when no table is for this
/// version and flavour.
[[nodiscard]] std::optional<SelectedLayout> select_layout(std::span<const LayoutSet* const> sets,
                                                          PythonVersion version,
                                                          Flavour flavour,
                                                          const Memory& memory,
                                                          Address runtime);

}  // namespace pycore
