#include "threads/distribution.hpp"

#include <algorithm>
#include <array>

namespace pycore {
namespace {

bool remove_suffix(std::string_view& text, std::string_view suffix)
{
    const bool there = text.ends_with(suffix);
    text.remove_suffix(there ? suffix.size() : 0);
    return there;
}

/// "numpy-1.24.2": a version holds no dash, a name may.
std::optional<Distribution> split_version(std::string_view text)
{
    const std::size_t dash = text.rfind('-');
    if (dash == std::string_view::npos || dash == 0 || dash + 1 == text.size()) {
        return std::nullopt;
    }
    return Distribution{.name = std::string(text.substr(0, dash)),
                        .version = std::string(text.substr(dash + 1))};
}

/// "numpy-1.24.2-py3.11-linux-x86_64" as eggs have it, without what follows the version.
std::optional<Distribution> parse_egg_name(std::string_view text)
{
    return split_version(text.substr(0, text.rfind("-py3.")));
}

/// Past the last folder for packages in `path`.
std::size_t end_of_folder(std::string_view path)
{
    constexpr std::array<std::string_view, 2> folders{"/site-packages/", "/dist-packages/"};
    std::size_t end = 0;
    for (const std::string_view folder : folders) {
        const std::size_t at = path.rfind(folder);
        end = at == std::string_view::npos ? end : std::max(end, at + folder.size());
    }
    return end;
}

/// By the first name below the folder. Wheels that bring libraries along put them into NAME.libs.
Distribution distribution_of(std::string_view name, bool is_file)
{
    if (is_file) {
        name = name.substr(0, name.find('.'));
    } else if (remove_suffix(name, ".egg")) {
        if (auto egg = parse_egg_name(name)) {
            return *std::move(egg);
        }
    } else {
        remove_suffix(name, ".libs");
    }
    return {.name = std::string(name), .version = {}};
}

}  // namespace

std::string name_of(const Distribution& distribution)
{
    return distribution.version.empty() ? distribution.name
                                        : distribution.name + ' ' + distribution.version;
}

std::string normalised_name(std::string_view name)
{
    std::string text;
    for (const char letter : name) {
        const bool separates = letter == '-' || letter == '_' || letter == '.';
        if (separates && text.ends_with('-')) {
            continue;
        }
        const bool upper = letter >= 'A' && letter <= 'Z';
        text += separates ? '-' : upper ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return text;
}

std::optional<Distribution> parse_metadata_name(std::string_view entry)
{
    if (remove_suffix(entry, ".dist-info")) {
        return split_version(entry);
    }
    return remove_suffix(entry, ".egg-info") ? parse_egg_name(entry) : std::nullopt;
}

std::optional<ModuleOwner> find_owner(std::string_view path)
{
    const std::size_t end = end_of_folder(path);
    if (end == 0) {
        return std::nullopt;
    }
    const std::string_view below = path.substr(end);
    const std::size_t slash = below.find('/');
    auto distribution = distribution_of(below.substr(0, slash), slash == std::string_view::npos);
    if (distribution.name.find_first_not_of('.') == std::string::npos) {
        return std::nullopt;
    }
    return ModuleOwner{.folder = std::string(path.substr(0, end - 1)),
                       .distribution = std::move(distribution)};
}

}  // namespace pycore
