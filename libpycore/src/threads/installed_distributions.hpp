#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "pycore/analyze.hpp"
#include "threads/distribution.hpp"

namespace pycore {

/// What the names in folders like site-packages tell of the distributions installed there. Folders
/// are resolved inside `sysroot` and listed once; nothing in them is opened.
class InstalledDistributions {
public:
    explicit InstalledDistributions(std::filesystem::path sysroot) : sysroot_(std::move(sysroot)) {}

    /// Below its sysroot; where only `search.open` opens files, no folder can be listed.
    explicit InstalledDistributions(const FileSearch& search)
        : sysroot_(search.open ? std::nullopt : std::optional(search.sysroot))
    {
    }

    /// The one that `name` is in `folder`, in its own spelling and with its version. Nothing when
    /// none is, or two versions are.
    std::optional<Distribution> find(const std::string& folder, const std::string& name);

private:
    using ByName = std::map<std::string, Distribution>;

    [[nodiscard]] ByName list(const std::string& folder) const;

    std::optional<std::filesystem::path> sysroot_;  // none: nothing can be listed
    std::map<std::string, ByName> folders_;
};

}  // namespace pycore
