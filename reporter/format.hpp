#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string_view>
#include <vector>

#include "pycore/report.hpp"

namespace pycore {

/// How an output is shown.
struct Presentation {
    bool color = false;
    bool all_frames = false;   ///< fold no frames of the interpreter itself
    bool all_locals = false;   ///< show the variables of every thread, not only of the crashed one
    std::size_t width = 80;    ///< columns of the terminal
    bool thread_list = false;  ///< of text: the threads, a line each, and no stacks
    std::vector<std::int32_t> threads{};  ///< of text: only these, by their tid; empty: all
};

/// A way to write a report. `name` is also the option: "text" is `--text`.
struct Format {
    std::string_view name;
    std::string_view help;  ///< one line, for `--help`
    void (*write)(const Report& report, std::ostream& out, const Presentation& how) = nullptr;
    /// Shows the variables of all threads unless told otherwise.
    bool needs_all_locals = true;
    /// Of the name of a file in this format, without the dot. Empty: the format's name.
    std::string_view suffix = {};
};

/// One for each file in `formats/`.
[[nodiscard]] std::span<const Format* const> all_formats();

/// Null when there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);

}  // namespace pycore
