#pragma once

#include <filesystem>
#include <string>

#include "elf/file_descriptor.hpp"
#include "pycore/analyze.hpp"

namespace pycore {

/// Opens the regular file that the core names as `path`, below `root` (empty: "/"). The door of all
/// files that the library reads because a core names them.
Result<FileDescriptor> open_recorded_file(const FileSearch& search,
                                          const std::filesystem::path& root,
                                          const std::string& path);

/// The same for a file in a folder that the caller named.
Result<FileDescriptor> open_named_file(const FileSearch& search, const std::string& path);

}  // namespace pycore
