#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "options.hpp"

namespace CLI {
class App;
}

namespace pycore {

/// What the options of a batch are collected in.
struct BatchOptions {
    bool wanted = false;
    std::string output_folder;
    std::size_t jobs = 0;
    bool new_only = false;
    std::uint64_t worker_memory = 0;
};

/// `--batch` and the options that only a batch has. `into` outlives the parsing.
void add_batch_options(CLI::App& app, BatchOptions& into);

/// The first given option that only a batch has, without `--batch` itself; else empty.
[[nodiscard]] std::string option_of_batch(const CLI::App& app);

/// All options that were given and that the content of a report depends on, as one word.
[[nodiscard]] std::string options_key(const CLI::App& app);

/// The request without its key, or what is wrong with it. `files` has for each format the files
/// that it is to be written to: "-" where none was named, which is what a batch wants. The rest is
/// as for a single core.
[[nodiscard]] std::variant<BatchRequest, UsageError> make_batch_request(
    const BatchOptions& options,
    const std::vector<std::string>& inputs,
    const std::map<std::string_view, std::vector<std::string>>& files,
    const CommandLine& line);

}  // namespace pycore
