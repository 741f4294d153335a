#pragma once

#include "pycore/analyze.hpp"

namespace CLI {
class App;
}

namespace pycore {

/// The options that say which files are opened, and where they are looked for. `files` outlives the
/// parsing.
void add_file_options(CLI::App& app, FileSearch& files);

}  // namespace pycore
