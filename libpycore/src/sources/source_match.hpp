#pragma once

#include <cstdint>

#include "pycore/frame.hpp"
#include "sources/source_text.hpp"

namespace pycore {

enum class SourceMatch : std::uint8_t {
    confirmed,  ///< what defines the function is where its code object says
    open,       ///< nothing speaks against it, or for it: the code of a whole module
    refuted     ///< something else is there
};

/// Whether `lines` can be what `code` was compiled from.
[[nodiscard]] SourceMatch match_source(const PythonCode& code, const LineAt& lines);

/// Whether columns of `position` can be columns of its line.
[[nodiscard]] bool columns_fit(const SourcePosition& position, const std::string& line);

}  // namespace pycore
