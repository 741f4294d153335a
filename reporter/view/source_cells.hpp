#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/frame.hpp"

namespace pycore {

/// A character of a line of source as it is shown: printable, tabs as blanks.
struct SourceCell {
    std::string text;
    std::size_t width = 0;  ///< columns of a terminal
    bool marked = false;    ///< it is part of what ran
};

/// The line without its indentation and what blanks are at its end.
std::vector<SourceCell> source_cells(std::string_view line, const SourcePosition& position);

/// False where all of it is marked, or nothing.
bool worth_marking(const std::vector<SourceCell>& cells);

}  // namespace pycore
