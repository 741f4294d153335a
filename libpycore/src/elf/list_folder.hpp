#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "elf/file_descriptor.hpp"

namespace pycore {

/// The names in `folder` but "." and "..", `most` of them at most, in the order of the file system.
/// Nothing of what they name is opened.
std::vector<std::string> list_folder(FileDescriptor folder, std::size_t most);

}  // namespace pycore
