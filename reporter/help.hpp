#pragma once

#include <string>

namespace CLI {
class App;
}

namespace pycore {

/// The text of `--help`, made of the options that `app` has.
[[nodiscard]] std::string help_text(const CLI::App& app);

/// The text of `--version`.
[[nodiscard]] std::string version_text();

}  // namespace pycore
