#include "support/layout_facts.hpp"

#include <array>
#include <concepts>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "python/layout_members.hpp"

namespace pycore::test {
namespace {

std::string word(InstructionPointer meaning)
{
    constexpr std::array words{"last_executed", "executing"};
    return words.at(static_cast<std::size_t>(meaning));
}

std::string word(ManagedDict meaning)
{
    constexpr std::array words{"dict_and_values", "tagged_word", "dict_or_inline"};
    return words.at(static_cast<std::size_t>(meaning));
}

std::string word(std::integral auto number)
{
    return std::to_string(number);
}

template <class T>
Fact to_fact(std::string_view, const Field<T>& field)
{
    return field.exists() ? Fact{std::to_string(sizeof(T)), std::to_string(field.offset)}
                          : Fact{"-", "-"};
}

// Numbers that are not a `Field` say "absent" in their own ways.
template <class T>
Fact to_fact(std::string_view member, const T& meaning)
{
    if constexpr (std::same_as<T, std::uint32_t>) {
        if ((member == "size" && meaning == 0) || (member == "ready_bit" && meaning == 255)) {
            return {"-", "-"};
        }
    }
    return {"-", word(meaning)};
}

PythonVersion parse_version(const std::string& name)
{
    unsigned major = 0;
    unsigned minor = 0;
    unsigned micro = 0;
    char dot = 0;
    std::istringstream in(name);
    if (!(in >> major >> dot >> minor)) {
        throw std::runtime_error("not a version: " + name);
    }
    in >> dot >> micro;
    return {static_cast<std::uint8_t>(major), static_cast<std::uint8_t>(minor),
            static_cast<std::uint8_t>(micro)};
}

std::vector<Build> parse_head(const std::string& line)
{
    std::istringstream in(line);
    std::string name;
    std::vector<Build> builds;
    while (in >> name) {
        if (name != "member" && name != "bytes") {
            builds.push_back({name, parse_version(name), {name.ends_with("-debug"), false}, {}});
        }
    }
    return builds;
}

void parse_row(const std::string& line, std::vector<Build>& builds, bool has_bytes)
{
    std::istringstream in(line);
    std::string member;
    std::string bytes = "-";
    in >> member;
    if (has_bytes) {
        in >> bytes;
    }
    for (Build& build : builds) {
        Fact fact{.bytes = bytes, .value = {}};
        if (!(in >> fact.value)) {
            throw std::runtime_error("a row is too short: " + line);
        }
        build.facts[member] = fact;
    }
}

bool agree(const std::string& ours, const std::string& theirs)
{
    return ours == theirs || ours == "-" || theirs == "-";
}

}  // namespace

std::vector<Build> read_builds(const std::filesystem::path& table)
{
    std::ifstream in(table);
    std::vector<Build> builds;
    bool has_bytes = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) {
            continue;
        }
        if (line.starts_with("member ")) {
            has_bytes = line.find(" bytes ") != std::string::npos;
            builds = parse_head(line);
        } else {
            parse_row(line, builds, has_bytes);
        }
    }
    if (builds.empty()) {
        throw std::runtime_error("not a facts table: " + table.string());
    }
    return builds;
}

Facts facts_of(const Layout& layout)
{
    Facts facts;
    const auto note = [&facts](std::string_view group, std::string_view member, const auto& value) {
        facts[std::string(group) + '.' + std::string(member)] = to_fact(member, value);
    };
    visit_members(note, layout);
    return facts;
}

std::vector<std::string> differences(const Layout& layout, const Facts& facts)
{
    const Facts ours = facts_of(layout);
    std::vector<std::string> found;
    for (const auto& [member, fact] : facts) {
        const auto own = ours.find(member);
        if (own == ours.end()) {
            found.push_back(member + ": our tables do not have it");
        } else if (own->second.value != fact.value || !agree(own->second.bytes, fact.bytes)) {
            found.push_back(member + ": " + own->second.value + " (" + own->second.bytes +
                            " bytes) here, " + fact.value + " (" + fact.bytes + " bytes) there");
        }
    }
    return found;
}

}  // namespace pycore::test
