#include "threads/installed_distributions.hpp"

#include <algorithm>

#include "elf/list_folder.hpp"
#include "elf/open_beneath.hpp"

namespace pycore {
namespace {

// A process has a folder or three; the core says which.
constexpr std::size_t most_folders = 16;
constexpr std::size_t most_names = 1 << 16;

}  // namespace

InstalledDistributions::ByName InstalledDistributions::list(const std::string& folder) const
{
    ByName found;
    if (!sysroot_) {
        return found;
    }
    auto opened = open_folder_beneath(*sysroot_, folder);
    if (!opened) {
        return found;
    }
    auto entries = list_folder(*std::move(opened), most_names);
    std::sort(entries.begin(), entries.end());
    for (const std::string& entry : entries) {
        auto distribution = parse_metadata_name(entry);
        if (!distribution) {
            continue;
        }
        const auto [known, added] =
            found.try_emplace(normalised_name(distribution->name), *distribution);
        // Of an upgrade that went wrong: which one runs is not told.
        if (!added && known->second.version != distribution->version) {
            known->second.version.clear();
        }
    }
    return found;
}

std::optional<Distribution> InstalledDistributions::find(const std::string& folder,
                                                         const std::string& name)
{
    auto listed = folders_.find(folder);
    if (listed == folders_.end()) {
        if (folders_.size() == most_folders) {
            return std::nullopt;
        }
        listed = folders_.emplace(folder, list(folder)).first;
    }
    const auto found = listed->second.find(normalised_name(name));
    const bool told = found != listed->second.end() && !found->second.version.empty();
    return told ? std::optional(found->second) : std::nullopt;
}

}  // namespace pycore
