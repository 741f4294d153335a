#include "corpus/expected.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace pycore::test {
namespace {

using nlohmann::json;

constexpr int hexadecimal = 16;

std::optional<std::int32_t> number_or_none(const json& value)
{
    return value.is_number() ? std::optional(value.get<std::int32_t>()) : std::nullopt;
}

/// How many equal frames in a row an entry stands for.
std::size_t count_of(const json& entry)
{
    return entry.size() > 3 ? entry[3].get<std::size_t>() : 1;
}

void add_frames(const json& entry, std::vector<ExpectedFrame>& frames)
{
    const ExpectedFrame frame{entry[0].get<std::string>(), entry[1].get<std::int32_t>(),
                              entry[2].get<std::string>()};
    frames.insert(frames.end(), count_of(entry), frame);
}

std::optional<ExpectedPosition> read_position(const json& entry)
{
    if (entry.is_null()) {
        return std::nullopt;
    }
    return ExpectedPosition{entry[0].get<std::string>(), number_or_none(entry[1]),
                            number_or_none(entry[2]), number_or_none(entry[3]),
                            number_or_none(entry[4])};
}

ExpectedThread read_thread(const json& entry)
{
    ExpectedThread thread{
        .ident = std::stoull(entry.at("ident").get<std::string>(), nullptr, hexadecimal),
        .name = std::nullopt,
        .frames = {},
        .positions = {}};
    if (entry.contains("name") && entry.at("name").is_string()) {
        thread.name = entry.at("name").get<std::string>();
    }
    for (const json& frame : entry.at("frames")) {
        add_frames(frame, thread.frames);
    }
    if (entry.contains("positions")) {
        const json& positions = entry.at("positions");
        for (std::size_t i = 0; i < positions.size(); ++i) {
            const std::size_t count = count_of(entry.at("frames").at(i));
            thread.positions.insert(thread.positions.end(), count, read_position(positions[i]));
        }
    }
    return thread;
}

std::optional<std::string> text_or_none(const json& entry, const char* key)
{
    const bool known = entry.contains(key) && entry.at(key).is_string();
    return known ? std::optional(entry.at(key).get<std::string>()) : std::nullopt;
}

ExpectedCrash read_crash(const json& entry)
{
    return {.signal = entry.at("signal").get<std::string>(),
            .ends_by = text_or_none(entry, "ends_by"),
            .kind = entry.at("kind").get<std::string>(),
            .site = text_or_none(entry, "site"),
            .module = text_or_none(entry, "module"),
            .mentions = entry.at("summary_mentions").get<std::vector<std::string>>()};
}

ExpectedVariables read_variables(const json& frame)
{
    ExpectedVariables variables;
    for (const auto& [name, texts] : frame.items()) {
        const bool has_plain = texts.at(1).is_string();
        variables[name] = {
            .repr = texts.at(0).get<std::string>(),
            .plain = has_plain ? std::optional(texts.at(1).get<std::string>()) : std::nullopt};
    }
    return variables;
}

}  // namespace

Expected read_expected(const std::filesystem::path& path)
{
    std::ifstream file(path);
    const json document = json::parse(file);
    Expected expected;
    if (document.contains("crashed_thread") && document.at("crashed_thread").is_string()) {
        expected.crashed_thread =
            std::stoull(document.at("crashed_thread").get<std::string>(), nullptr, hexadecimal);
    }
    for (const json& thread : document.at("threads")) {
        expected.threads.push_back(read_thread(thread));
    }
    const json variables = document.value("variables", json::object());
    for (const auto& [ident, frames] : variables.items()) {
        auto& told = expected.variables[std::stoull(ident, nullptr, hexadecimal)];
        std::ranges::transform(frames, std::back_inserter(told), read_variables);
    }
    if (document.contains("crash") && document.at("crash").is_object()) {
        expected.crash = read_crash(document.at("crash"));
    }
    return expected;
}

}  // namespace pycore::test
