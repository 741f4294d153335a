#include "batch/report_names.hpp"

#include <map>
#include <set>
#include <string_view>

#include "batch/core_names.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

// Of the first report, without ".pycore.json".
std::string stem_of(const BatchEntry& entry)
{
    if (entry.reports.empty()) {
        return {};
    }
    const std::string& name = entry.reports.front();
    return name.substr(0, name.rfind(".pycore."));
}

std::string free_stem(const std::string& wanted,
                      const std::string& path,
                      const std::set<std::string>& taken)
{
    const std::string hashed = wanted + "-" + stable_hash(path).substr(0, 8);
    std::string stem = hashed;
    for (int number = 2; taken.contains(stem); ++number) {
        stem = hashed + "-" + std::to_string(number);
    }
    return stem;
}

}  // namespace

std::vector<std::string> choose_stems(const std::vector<FoundCore>& cores, const BatchIndex& known)
{
    std::set<std::string> taken;
    for (const BatchEntry& entry : known.entries) {
        taken.insert(stem_of(entry));
    }
    std::map<std::string, int> uses;
    for (const FoundCore& core : cores) {
        ++uses[report_stem(core.name)];
    }
    std::vector<std::string> stems;
    for (const FoundCore& core : cores) {
        const BatchEntry* entry = find_entry(known, to_printable(core.path));
        if (std::string old = entry == nullptr ? std::string{} : stem_of(*entry); !old.empty()) {
            stems.push_back(std::move(old));
            continue;
        }
        std::string stem = report_stem(core.name);
        if (uses[stem] > 1 || taken.contains(stem)) {
            stem = free_stem(stem, core.path, taken);
        }
        taken.insert(stem);
        stems.push_back(std::move(stem));
    }
    return stems;
}

}  // namespace pycore
