#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pycore {

/// A distribution of Python packages: "numpy", "1.24.2". The version may be empty.
struct Distribution {
    std::string name;
    std::string version;
};

/// "numpy 1.24.2"
[[nodiscard]] std::string name_of(const Distribution& distribution);

/// As installers compare names: without case, and with all of `-`, `_` and `.` alike.
[[nodiscard]] std::string normalised_name(std::string_view name);

/// What `numpy-1.24.2.dist-info` and `numpy-1.24.2-py3.11.egg-info` are named after.
[[nodiscard]] std::optional<Distribution> parse_metadata_name(std::string_view entry);

/// What a path tells of the distribution that a module came with.
struct ModuleOwner {
    std::string folder;         ///< "/usr/lib/python3/dist-packages"
    Distribution distribution;  ///< named after the top folder there, or after a file's module
};

[[nodiscard]] std::optional<ModuleOwner> find_owner(std::string_view path);

}  // namespace pycore
