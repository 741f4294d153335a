#include "signature/name_lists.hpp"

#include <algorithm>

namespace pycore {

bool matches(std::string_view pattern, std::string_view name) noexcept
{
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == name;
    }
    if (!name.starts_with(pattern.substr(0, star))) {
        return false;
    }
    name.remove_prefix(star);
    pattern.remove_prefix(star + 1);
    // Each part between two stars is taken where it comes first.
    for (std::size_t next = pattern.find('*'); next != std::string_view::npos;
         next = pattern.find('*')) {
        const std::size_t found = name.find(pattern.substr(0, next));
        if (found == std::string_view::npos) {
            return false;
        }
        name.remove_prefix(found + next);
        pattern.remove_prefix(next + 1);
    }
    return name.ends_with(pattern);
}

bool is_listed(std::span<const std::string_view> patterns, std::string_view name)
{
    return std::ranges::any_of(patterns,
                               [&](std::string_view pattern) { return matches(pattern, name); });
}

std::string_view without_synonym(std::string_view name)
{
    for (const std::string_view line : names::synonyms()) {
        const std::size_t blank = line.find(' ');
        if (line.substr(0, blank) == name) {
            return line.substr(blank + 1);
        }
    }
    return name;
}

}  // namespace pycore
