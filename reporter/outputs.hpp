#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "options.hpp"
#include "output_file.hpp"

namespace pycore {

/// One report on its way to a file, or to standard output.
struct Output {
    const Format* format = nullptr;
    std::string path;
    std::optional<OutputFile> file;  ///< none: standard output
};

/// Writes the report of an output to a descriptor: 0, or the errno of what failed.
using WriteOutput = std::function<int(const Output& output, int descriptor)>;

/// The status of the command, or none when all can be written. What is wrong is told by then.
[[nodiscard]] std::optional<int> open_outputs(const CommandLine& line,
                                              std::vector<Output>& outputs);

/// The same for what the command was started with.
[[nodiscard]] std::optional<int> check_standard_streams(const CommandLine& line);

/// False when one could not be written. What is wrong is told by then.
[[nodiscard]] bool write_outputs(std::vector<Output>& outputs, const WriteOutput& write);

}  // namespace pycore
