#include "batch/groups.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace pycore {
namespace {

std::string key_of(const BatchEntry& entry)
{
    if (entry.signature) {
        return "signature " + entry.signature->id;
    }
    return "summary " + entry.kind.value_or("") + "\n" + entry.summary;
}

void add_once(std::vector<std::string>& to, const std::optional<std::string>& text)
{
    if (text) {
        const auto at = std::ranges::lower_bound(to, *text);
        if (at == to.end() || *at != *text) {
            to.insert(at, *text);
        }
    }
}

void add(CrashGroup& group, const BatchEntry& entry)
{
    if (group.entries.empty()) {
        group.title = entry.signature ? entry.signature->text : entry.summary;
        group.id = entry.signature ? entry.signature->id : std::string{};
        group.last = entry.origin.time;
    }
    group.first = entry.origin.time;
    group.entries.push_back(&entry);
    add_once(group.python_versions, entry.python_version);
    add_once(group.hosts, entry.origin.hostname);
}

}  // namespace

std::vector<CrashGroup> group_crashes(const std::vector<BatchEntry>& entries)
{
    std::vector<CrashGroup> groups;
    std::map<std::string, std::size_t> places;
    for (const BatchEntry& entry : entries) {
        if (entry.error) {
            continue;
        }
        const auto [place, is_new] = places.try_emplace(key_of(entry), groups.size());
        if (is_new) {
            groups.emplace_back();
        }
        add(groups[place->second], entry);
    }
    return groups;
}

}  // namespace pycore
