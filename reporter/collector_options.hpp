#pragma once

#include <optional>
#include <string>

#include "options.hpp"

namespace CLI {
class App;
}

namespace pycore {

/// What the options of collectors are collected in.
struct CollectorOptions {
    bool wanted = false;
    bool log_journal = false;
    std::string settings_file;
};

/// `--collector`, `--config` and `--log-journal`. `into` outlives the parsing.
void add_collector_options(CLI::App& app, CollectorOptions& into);

/// Reads the settings and has `line` follow them, but for what its own options say. Says what does
/// not go together, or what is wrong with the file.
[[nodiscard]] std::optional<UsageError> apply_collector_options(const CollectorOptions& options,
                                                                const CLI::App& app,
                                                                CommandLine& line);

}  // namespace pycore
