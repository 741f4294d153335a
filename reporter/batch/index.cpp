#include "batch/index.hpp"

#include <algorithm>
#include <tuple>

#include "batch/entry_json.hpp"

namespace pycore {

BatchIndex parse_index(std::string_view text)
{
    BatchIndex index;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (auto entry = parse_json_line(line)) {
            index.entries.push_back(*std::move(entry));
        } else {
            ++index.damaged;
        }
    }
    std::ranges::stable_sort(index.entries, {}, &BatchEntry::path);
    const auto doubles = std::ranges::unique(index.entries, {}, &BatchEntry::path);
    index.damaged += doubles.size();
    index.entries.erase(doubles.begin(), doubles.end());
    return index;
}

const BatchEntry* find_entry(const BatchIndex& index, std::string_view path)
{
    const auto found = std::ranges::lower_bound(
        index.entries, path, {},
        [](const BatchEntry& entry) { return std::string_view(entry.path); });
    return found != index.entries.end() && found->path == path ? &*found : nullptr;
}

void sort_entries(std::vector<BatchEntry>& entries)
{
    std::ranges::sort(entries, [](const BatchEntry& a, const BatchEntry& b) {
        return std::tie(b.origin.time, a.path) < std::tie(a.origin.time, b.path);
    });
}

std::string index_text(const std::vector<BatchEntry>& entries)
{
    std::string text;
    for (const BatchEntry& entry : entries) {
        text += to_json_line(entry);
    }
    return text;
}

}  // namespace pycore
