#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "elf/file_descriptor.hpp"
#include "pycore/result.hpp"

namespace pycore {

/// Who follows `..` and symbolic links. The kernel does it better; where it cannot (before Linux
/// 5.6, or under a filter of system calls) it is done by hand.
enum class Resolver : std::uint8_t { kernel, by_hand };

/// Opens the regular file that `path` names for a process whose root is the folder `root`: neither
/// `..` nor an absolute symbolic link leads out of it, and the links of /proc that are none are
/// refused. What is not a regular file is `unsupported` and is never opened: opening a device acts.
Result<FileDescriptor> open_beneath(int root,
                                    const std::string& path,
                                    Resolver resolver = Resolver::kernel);

/// The same by the root's path; empty stands for "/".
Result<FileDescriptor> open_beneath(const std::filesystem::path& root, const std::string& path);

/// A folder, for its names to be listed.
Result<FileDescriptor> open_folder_beneath(int root,
                                           const std::string& path,
                                           Resolver resolver = Resolver::kernel);
Result<FileDescriptor> open_folder_beneath(const std::filesystem::path& root,
                                           const std::string& path);

}  // namespace pycore
