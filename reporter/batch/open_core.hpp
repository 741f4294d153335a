#pragma once

#include <sys/stat.h>

#include <string>

#include "owned_descriptor.hpp"

namespace pycore {

/// A regular file, opened for reading, and what the kernel says of it.
struct OpenedFile {
    OwnedDescriptor descriptor;  ///< none: `error` says why
    struct stat status {};
    int error = 0;  ///< errno; EINVAL for what is no regular file
};

/// Opens `name` in a folder and follows no link; nothing but a regular file, and without waiting
/// for the other end of a pipe.
[[nodiscard]] OpenedFile open_regular(int folder, const std::string& name);

/// The same for a whole path, no part of which may be a link.
[[nodiscard]] OpenedFile open_core(const std::string& path);

/// At most the first 4 KiB of a small file, up to the first newline. Empty when it cannot be read.
[[nodiscard]] std::string first_line_of(int folder, const std::string& name);

/// Nanoseconds since 1970.
[[nodiscard]] std::int64_t modification_time(const struct stat& status) noexcept;

}  // namespace pycore
