#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pycore/python_version.hpp"

namespace pycore {

inline constexpr std::uint8_t python_major = 3;

struct PathVersion {
    PythonVersion version;
    bool free_threaded = false;
};

/// True when the file of this path has CPython's name: a program or a libpython.
[[nodiscard]] bool names_python(std::string_view path);

/// The version in a file name such as `libpython3.13t.so.1.0` or `python3.11`; micro is 0.
[[nodiscard]] std::optional<PathVersion> version_in_path(std::string_view path);

}  // namespace pycore
