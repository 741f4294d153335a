#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "pycore/report.hpp"

namespace pycore {

/// How an output is shown.
struct Presentation {
    bool color = false;
    bool all_frames = false;  ///< fold no frames of the interpreter itself
    bool all_locals = false;  ///< show the variables of every thread, not only of the crashed one
};

/// A way to write a report. `name` is also the option: "text" is `--text`.
struct Format {
    std::string_view name;
    std::string_view help;  ///< one line, for `--help`
    void (*write)(const Report& report, std::ostream& out, const Presentation& how) = nullptr;
    /// Shows the variables of all threads unless told otherwise.
    bool needs_all_locals = true;
};

/// One for each file in `formats/`.
[[nodiscard]] std::span<const Format* const> all_formats();

/// Null when there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);

}  // namespace pycore
