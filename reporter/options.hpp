#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "batch/request.hpp"
#include "format.hpp"
#include "pycore/analyze.hpp"

namespace pycore {

enum class Color : std::uint8_t { automatic, always, never };

/// One report to write. "-" is standard output.
struct OutputRequest {
    const Format* format = nullptr;
    std::string path = "-";
};

/// The command line, checked. `core` is "-" for standard input.
struct CommandLine {
    std::string core;
    std::vector<OutputRequest> outputs;  ///< never empty, at most one to standard output
    bool force = false;
    Color color = Color::automatic;
    bool all_frames = false;
    bool thread_list = false;           ///< of text: one line a thread
    std::vector<std::int32_t> threads;  ///< of text: only these, by tid
    std::optional<Locals> locals;       ///< what was asked for; absent: what each format needs
    Options analysis;
    std::optional<CollectorSettings> collector;  ///< read the core in the sandbox, as these say
};

/// Text for standard output instead of a report: `--help`, `--version`, `--print-schema`.
struct Notice {
    std::string text;
};

/// `--self-check`: what this host has, instead of a report.
struct SelfCheckRequest {};

/// What is wrong with the command line, as one printable line.
struct UsageError {
    std::string message;
};

[[nodiscard]] std::variant<CommandLine, BatchRequest, SelfCheckRequest, Notice, UsageError>
parse_command_line(int count, const char* const* arguments);

}  // namespace pycore
