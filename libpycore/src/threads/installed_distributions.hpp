#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "threads/distribution.hpp"

namespace pycore {

/// What the names in folders like site-packages tell of the distributions installed there. Folders
/// are resolved inside `sysroot` and listed once; nothing in them is opened.
class InstalledDistributions {
public:
    explicit InstalledDistributions(std::filesystem::path sysroot) : sysroot_(std::move(sysroot)) {}

    /// The one that `name` is in `folder`, in its own spelling and with its version. Nothing when
    /// none is, or two versions are.
    std::optional<Distribution> find(const std::string& folder, const std::string& name);

private:
    using ByName = std::map<std::string, Distribution>;

    [[nodiscard]] ByName list(const std::string& folder) const;

    std::filesystem::path sysroot_;
    std::map<std::string, ByName> folders_;
};

}  // namespace pycore
