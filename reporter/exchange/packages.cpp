#include "exchange/packages.hpp"

#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace pycore::exchange {
namespace {

constexpr std::string_view letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::size_t longest_word = 64;
constexpr std::size_t most_packages = 100;

// An RPM of Fedora.
struct Package {
    std::string name;
    std::string version;
    std::string release;
    std::string fedora;  // "39"
};

bool consists_of(std::string_view word, std::string_view others)
{
    if (word.empty() || word.size() > longest_word) {
        return false;
    }
    for (const char letter : word) {
        if (letters.find(letter) == std::string_view::npos &&
            others.find(letter) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

// "39" of the release "2.fc39".
std::string fedora_of(std::string_view release)
{
    constexpr std::string_view tag = ".fc";
    const auto at = release.rfind(tag);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = release.substr(at + tag.size());
    return std::string(rest.substr(0, rest.find_first_not_of("0123456789")));
}

// Of a note like "python3.12 3.12.1-2.fc39".
std::optional<Package> parse_package(const std::optional<std::string>& note)
{
    const std::string_view all = note ? std::string_view(*note) : std::string_view();
    const auto blank = all.find(' ');
    const auto hyphen = all.rfind('-');
    if (blank == std::string_view::npos || hyphen == std::string_view::npos || hyphen < blank) {
        return std::nullopt;
    }
    Package made{.name = std::string(all.substr(0, blank)),
                 .version = std::string(all.substr(blank + 1, hyphen - blank - 1)),
                 .release = std::string(all.substr(hyphen + 1)),
                 .fedora = fedora_of(all.substr(hyphen + 1))};
    // The characters that FAF allows.
    const bool valid = consists_of(made.name, "_-.+~") && consists_of(made.version, "_.+") &&
                       consists_of(made.release, "_.+") && !made.fedora.empty();
    return valid ? std::optional(std::move(made)) : std::nullopt;
}

const ModuleDescription* program_of(const Snapshot& snapshot)
{
    for (const ModuleDescription& module : snapshot.modules) {
        if (module.executable) {
            return &module;
        }
    }
    return nullptr;
}

std::optional<Package> package_of_program(const Snapshot& snapshot)
{
    const ModuleDescription* program = program_of(snapshot);
    return program != nullptr ? parse_package(program->package) : std::nullopt;
}

Json entry(const Package& package, const Snapshot& snapshot, bool affected)
{
    Json made;
    made["name"] = package.name;
    made["epoch"] = 0;  // the notes leave it out
    made["version"] = package.version;
    made["release"] = package.release;
    made["architecture"] = name_of(snapshot.core.machine);
    made["package_role"] = affected ? "affected" : "related";
    return made;
}

}  // namespace

Json operating_system(const Snapshot& snapshot)
{
    const auto package = package_of_program(snapshot);
    Json made;
    made["name"] = package ? "fedora" : "linux";
    made["version"] = package ? package->fedora : "unknown";
    made["architecture"] = name_of(snapshot.core.machine);
    return made;
}

Json packages(const Snapshot& snapshot)
{
    Json made = Json::array();
    const auto affected = package_of_program(snapshot);
    if (!affected) {
        return made;
    }
    made.push_back(entry(*affected, snapshot, true));
    std::set<std::string> seen{affected->name};
    for (const ModuleDescription& module : snapshot.modules) {
        const auto package = parse_package(module.package);
        if (package && made.size() < most_packages && seen.insert(package->name).second) {
            made.push_back(entry(*package, snapshot, false));
        }
    }
    return made;
}

std::string component(const Snapshot& snapshot)
{
    if (const auto package = package_of_program(snapshot);
        package && consists_of(package->name, "-._")) {
        return package->name;
    }
    const ProcessDescription& process = snapshot.process;
    const std::string path = process.executable.value_or(process.command.value_or(""));
    std::string name;
    for (const char letter : path.substr(path.rfind('/') + 1)) {
        if (consists_of(std::string_view(&letter, 1), "-._") && name.size() < longest_word) {
            name += letter;
        }
    }
    return name.empty() ? "unknown" : name;
}

}  // namespace pycore::exchange
